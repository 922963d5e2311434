"""How a weight becomes a colour, and what the bar beside the map says.

The article's map is white at 0 and deep red at 1. Weights of a long sentence are small, so other scales spread them;
which one is at work is always written beside the map.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from core.attention.requests import Colormap, Scale
from core.attention.results import Floats
from core.language import _

Pixels = npt.NDArray[np.uint8]

LEVELS: Final = 256
DECADES: Final = 3
"""The logarithmic scale reaches from 1 down to 10 to the minus this; smaller weights are white."""

_RED: Final = ("ffffff", "fdebe4", "fcc9b5", "f99a7c", "f2694c", "d93a2b", "b1161c", "67000d")
_APART: Final = ("3f007d", "6a51a3", "9e9ac8", "dadaeb", "ffffff", "fee0b6", "fdae61", "e08214", "8c3b04")
"""Second larger (violet), equal (white), first larger (orange): told apart by every kind of colour vision."""

# matplotlib's tables (CC0): viridis by Smith, van der Walt and Firing, cividis by Nuñez, Anderton and Renslow.
_VIRIDIS: Final = (
    "44015444025645045745055946075a46085c460a5d460b5e470d60470e61471063471164471365481467481668481769"
    "48186a481a6c481b6d481c6e481d6f481f70482071482173482374482475482576482677482878482979472a7a472c7a"
    "472d7b472e7c472f7d46307e46327e46337f463480453581453781453882443983443a83443b84433d84433e85423f85"
    "4240864241864142874144874045884046883f47883f48893e49893e4a893e4c8a3d4d8a3d4e8a3c4f8a3c508b3b518b"
    "3b528b3a538b3a548c39558c39568c38588c38598c375a8c375b8d365c8d365d8d355e8d355f8d34608d34618d33628d"
    "33638d32648e32658e31668e31678e31688e30698e306a8e2f6b8e2f6c8e2e6d8e2e6e8e2e6f8e2d708e2d718e2c718e"
    "2c728e2c738e2b748e2b758e2a768e2a778e2a788e29798e297a8e297b8e287c8e287d8e277e8e277f8e27808e26818e"
    "26828e26828e25838e25848e25858e24868e24878e23888e23898e238a8d228b8d228c8d228d8d218e8d218f8d21908d"
    "21918c20928c20928c20938c1f948c1f958b1f968b1f978b1f988b1f998a1f9a8a1e9b8a1e9c891e9d891f9e891f9f88"
    "1fa0881fa1881fa1871fa28720a38620a48621a58521a68522a78522a88423a98324aa8325ab8225ac8226ad8127ad81"
    "28ae8029af7f2ab07f2cb17e2db27d2eb37c2fb47c31b57b32b67a34b67935b77937b87838b9773aba763bbb753dbc74"
    "3fbc7340bd7242be7144bf7046c06f48c16e4ac16d4cc26c4ec36b50c46a52c56954c56856c66758c7655ac8645cc863"
    "5ec96260ca6063cb5f65cb5e67cc5c69cd5b6ccd5a6ece5870cf5773d05675d05477d1537ad1517cd2507fd34e81d34d"
    "84d44b86d54989d5488bd6468ed64590d74393d74195d84098d83e9bd93c9dd93ba0da39a2da37a5db36a8db34aadc32"
    "addc30b0dd2fb2dd2db5de2bb8de29bade28bddf26c0df25c2df23c5e021c8e020cae11fcde11dd0e11cd2e21bd5e21a"
    "d8e219dae319dde318dfe318e2e418e5e419e7e419eae51aece51befe51cf1e51df4e61ef6e620f8e621fbe723fde725"
)
_CIVIDIS: Final = (
    "00204d00214e00225000225200235300245500255700255800265a00275c00275e002860002961002a63002a65002b67"
    "002c69002c6a002d6c002e6e002e6f002f6f002f6f00306f00306f00316f00326f00336f00336f00346f00356e01366e"
    "06366e0b376e0f386e12386d15396d183a6d1a3b6d1d3b6d1f3c6d213d6d233e6c243e6c263f6c28406c2a406c2b416c"
    "2d426c2e436c30436c31446b32456b34456b35466b36476b38486b39486b3a496b3b4a6b3d4a6b3e4b6b3f4c6b404d6b"
    "414d6b424e6b434f6b444f6b46506b47516b48526b49526b4a536b4b546c4c546c4d556c4e566c4f576c50576c51586c"
    "52596c53596c545a6c555b6d565c6d575c6d585d6d595e6d595f6d5a5f6d5b606e5c616e5d616e5e626e5f636e60646f"
    "61646f62656f63666f64666f646770656870666970676970686a71696b716a6c716b6c716c6d726c6e726d6e726e6f73"
    "6f70737071737171747272747273747374757474757575757676767777767877777878777979777a7a787b7a787c7b78"
    "7d7c787e7d787f7d78807e79817f798280798380798481798482798583798683798784798885798986798a87798b8779"
    "8c88798d89798e8a798f8a79908b79918c78928d78938e78948e78958f789690789791789892789992789a93779b9477"
    "9c95779d96779e96779f9777a09877a19976a29a76a39a76a49b76a59c76a69d75a89e75a99f75aa9f75aba074aca174"
    "ada274aea374afa473b0a473b1a573b2a672b3a772b4a872b5a971b6a971b7aa71b8ab70b9ac70baad70bbae6fbcaf6f"
    "beaf6fbfb06ec0b16ec1b26dc2b36dc3b46dc4b56cc5b56cc6b66bc7b76bc8b86ac9b96acbba69ccbb69cdbc68cebc68"
    "cfbd67d0be67d1bf66d2c066d3c165d4c264d6c364d7c463d8c563d9c562dac661dbc761dcc860ddc95fdeca5fe0cb5e"
    "e1cc5de2cd5ce3ce5ce4cf5be5d05ae6d159e8d259e9d358ead357ebd456ecd555edd654efd753f0d852f1d951f2da50"
    "f3db4ff4dc4ef6dd4df7de4cf8df4bf9e04afae149fbe248fde346fee445ffe544ffe642ffe742ffe843ffe944ffea46"
)


@cache
def lookup(colormap: Colormap) -> Pixels:
    """Return the colours of ``colormap``, (256, 3), from weight 0 to 1."""
    if colormap == "red":
        return _between(_RED)
    table = {"viridis": _VIRIDIS, "cividis": _CIVIDIS}[colormap]
    return np.frombuffer(bytes.fromhex(table), np.uint8).reshape(LEVELS, 3)


@cache
def difference_lookup() -> Pixels:
    """Return the colours of a difference, (256, 3), from −1 over 0 in the middle to 1."""
    return _between(_APART)


def _between(anchors: tuple[str, ...]) -> Pixels:
    """Return 256 colours evenly between ``anchors``."""
    fixed = np.array([list(bytes.fromhex(anchor)) for anchor in anchors], float)
    place = np.linspace(0, len(anchors) - 1, LEVELS)
    channels = [np.interp(place, np.arange(len(anchors)), fixed[:, channel]) for channel in range(3)]
    colours: Pixels = np.stack(channels, axis=1).round().astype(np.uint8)
    colours.flags.writeable = False  # it is shared by everyone who asks
    return colours


def intensity(weights: Floats, scale: Scale) -> Floats:
    """Return how deep each weight is coloured, 0..1.

    Args:
        weights: (…, n, m), at least 0.
        scale: ``linear`` is the article's, 0 to 1. ``relative`` ends at the map's largest weight, ``row`` at each
            row's. ``log`` gives each of three decades below 1 the same room.
    """
    if scale == "linear":
        return np.clip(weights, 0, 1)
    if scale == "log":
        smallest = np.float32(10.0**-DECADES)
        deep: Floats = np.clip(1 + np.log10(np.maximum(weights, smallest)) / np.float32(DECADES), 0, 1)
        return deep
    axes = (-2, -1) if scale == "relative" else (-1,)
    highest = weights.max(axis=axes, keepdims=True, initial=0)
    shares: Floats = np.divide(weights, np.where(highest > 0, highest, 1), dtype=np.float32)
    return shares


def paint(weights: Floats, colormap: Colormap, scale: Scale) -> Pixels:
    """Return the map as a picture, one pixel a cell: (…, n, m) → (…, n, m, 3)."""
    return lookup(colormap)[levels(intensity(weights, scale))]


def levels(deep: Floats) -> Pixels:
    """Return intensities 0..1 as places 0..255 in a table of colours."""
    places = deep * np.float32(LEVELS - 1)
    places += np.float32(0.5)
    return places.astype(np.uint8)


def paint_difference(difference: Floats) -> tuple[Pixels, float]:
    """Return a difference as a picture, (n, m, 3), and the size at which its colours end."""
    most = float(np.abs(difference).max(initial=0))
    share: Floats = (difference / np.float32(most or 1) + np.float32(1)) / np.float32(2)
    return difference_lookup()[levels(share)], most


def ticks(weights: Floats, scale: Scale) -> list[tuple[float, str]]:
    """Return what stands beside the bar of colours: places in 0..1 and their labels."""
    if scale == "linear":
        return [(place, f"{place:g}") for place in (0.0, 0.25, 0.5, 0.75, 1.0)]
    if scale == "log":
        whole = [(1 - power / DECADES, f"{10.0**-power:g}") for power in range(DECADES, -1, -1)]
        return [(0.0, f"≤ {whole[0][1]}"), *whole[1:-1], (1.0, _("1, logarithmic"))]
    if scale == "row":
        return [(0.0, "0"), (1.0, _("the row's largest"))]
    highest = float(weights.max(initial=0))
    most, half = f"{highest:.2g}", f"{highest / 2:.2g}"
    if "e" not in half and len(half) < len(most):  # 0.10 beside 0.21, not 0.1
        half = f"{highest / 2:.{len(most.partition('.')[2])}f}"
    return [(0.0, "0"), (0.5, half), (1.0, _("{most}, the largest").format(most=most))]
