"""Changes a byte string in a LevelDB log file, checksum and all.

So that a test can give the server data that another version has written; see
leveldb's doc/log_format.md.
"""

import struct

HEADER = struct.Struct("<IHB")  # Masked CRC-32C, length, type.


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(crc):
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def replace(path, old, new):
    """Replaces `old`, which the first record of the file has, by `new`, which
    is as long."""
    content = path.read_bytes()
    crc, length, kind = HEADER.unpack_from(content)
    record = content[HEADER.size:HEADER.size + length]
    if crc != masked(crc32c(bytes([kind]) + record)):
        raise ValueError(f"the first record of {path} has another checksum")
    if old not in record or len(old) != len(new):
        raise ValueError(f"{old} cannot be replaced in {record}")
    record = record.replace(old, new)
    crc = masked(crc32c(bytes([kind]) + record))
    path.write_bytes(HEADER.pack(crc, length, kind) + record
                     + content[HEADER.size + length:])
