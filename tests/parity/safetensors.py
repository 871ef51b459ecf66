"""Writes safetensors files by the format's definition: header length (8 bytes, little-endian), JSON header, the arrays."""

import gzip
import json
import struct

import numpy as np


TYPES = {"f": ("F32", "<f4"), "i": ("I64", "<i8")}


def encode(arrays, metadata):
    """The bytes of a file: real arrays by name as float32, whole numbers as 64-bit integers."""
    header, offset, data = {"__metadata__": metadata}, 0, []
    for name, array in arrays.items():
        dtype, stored = TYPES[array.dtype.kind]
        data.append(np.ascontiguousarray(array, dtype=stored).tobytes())
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [offset, offset + len(data[-1])]}
        offset += len(data[-1])
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(data)


def write_gzip(path, arrays, metadata):
    """The same bytes for the same content: no time and no name in the gzip header."""
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(encode(arrays, metadata))
