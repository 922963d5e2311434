import subprocess
import sys

from app.synonyms.pages import PAGES


def test_no_page_loads_what_its_worker_computes_with():
    modules = ", ".join(sorted({page.builder.partition(":")[0] for page in PAGES}))
    script = f"import sys, {modules}; print(*sorted({{'sklearn', 'scipy', 'torch'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
