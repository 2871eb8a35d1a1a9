#!/usr/bin/env python3
"""Draws public/icons/*.png from the shapes of icon.svg, four times as large and then averaged. Run by hand."""
import struct
import zlib
from pathlib import Path

BLUE, WHITE, AMBER = (0x15, 0x58, 0xD6), (0xFF, 0xFF, 0xFF), (0xFF, 0xB2, 0x24)
LETTER = [(15, 17, 24, 48), (15, 17, 41, 25), (15, 32, 38, 40)]
FINE = 4


def colour(x, y, corner, shrink):
    x, y = (x - 32) / shrink + 32, (y - 32) / shrink + 32
    if corner:
        cx, cy = min(max(x, corner), 64 - corner), min(max(y, corner), 64 - corner)
        if (x - cx) ** 2 + (y - cy) ** 2 > corner**2:
            return (*BLUE, 0)
    if (x - 46) ** 2 + (y - 44) ** 2 <= 36:
        return (*AMBER, 255)
    if any(a <= x <= c and b <= y <= d for a, b, c, d in LETTER):
        return (*WHITE, 255)
    return (*BLUE, 255)


def pixel(px, py, size, corner, shrink):
    scale = 64 / size / FINE
    points = [
        colour((px * FINE + i + 0.5) * scale, (py * FINE + j + 0.5) * scale, corner, shrink)
        for i in range(FINE)
        for j in range(FINE)
    ]
    return bytes(round(sum(channel) / len(points)) for channel in zip(*points))


def write(path, size, corner=14, shrink=1.0):
    rows = b"".join(b"\0" + b"".join(pixel(x, y, size, corner, shrink) for x in range(size)) for y in range(size))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    )


icons = Path(__file__).resolve().parent.parent / "public/icons"
write(icons / "icon-192.png", 192)
write(icons / "icon-512.png", 512)
write(icons / "maskable-512.png", 512, corner=0, shrink=0.7)
