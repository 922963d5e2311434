"""The laboratory's work: algorithms, data and storage, without a window.

Everything here can be imported in a notebook. Nothing here imports Qt; an import contract holds that.
"""
