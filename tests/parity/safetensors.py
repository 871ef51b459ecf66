"""Writes safetensors files by the format's definition: header length (8 bytes, little-endian), JSON header, the arrays."""

import gzip
import json
import struct

import numpy as np


def write_gzip(path, arrays, metadata):
    """float32 arrays by name; the same bytes for the same content: no time and no name in the gzip header."""
    header, offset = {"__metadata__": metadata}, 0
    for name, array in arrays.items():
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(struct.pack("<Q", len(text)))
        packed.write(text)
        for array in arrays.values():
            packed.write(np.ascontiguousarray(array, dtype="<f4").tobytes())
