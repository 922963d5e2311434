"""Files that other tools write and read: one module a format, the same steps for all.

``record`` is what a line says, ``files`` opens and writes text safely, ``formats`` lists the formats;
``exporting`` and ``importing`` connect them with a store. An import is read, previewed, and then applied in
one transaction or not at all.
"""
