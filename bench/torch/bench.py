#!/usr/bin/python3
"""The workloads of `fukami bench` on PyTorch, float32, on all processors: the other side of bench/compare.

    /usr/bin/python3 bench/torch/bench.py [--workload NAME]… [--seconds S] [--threads N] [--json FILE|-]

Each workload is a causal pre-norm decoder with GELU, biases, learned positions and an output matrix of its own. Two figures:
forward and backward alone, and the whole step, which adds clearing the gradients and AdamW. It is written as one
would for speed in PyTorch 1.13 without a compiler: one product for query, key and value, the mask added within the scores'
product, gradients set to None, the faster of AdamW's two loops (both are tried).
"""

import argparse
import json
import math
import os
import platform
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

# name: vocabulary, length, depth, width, heads, batch
WORKLOADS = {
    "probe12": (65, 64, 12, 128, 4, 1),
    "deep1000": (65, 32, 1000, 64, 4, 1),
    "nanogpt-cpu": (65, 64, 4, 128, 4, 12),
    "gpt2-124m": (50257, 64, 12, 768, 12, 4),
}


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def attention(self, x, mask):
        batch, length, width = x.shape
        d = width // self.heads
        # (3, batch * heads, length, d)
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, d).permute(2, 0, 3, 1, 4).reshape(3, batch * self.heads, length, d).unbind(0)
        pattern = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=1 / math.sqrt(d)).softmax(-1)
        z = torch.bmm(pattern, v).view(batch, self.heads, length, d).transpose(1, 2).reshape(batch, length, width)
        return self.out(z)

    def forward(self, x, mask):
        x = x + self.attention(self.ln1(x), mask)
        return x + self.down(F.gelu(self.up(self.ln2(x))))


class Decoder(nn.Module):
    def __init__(self, vocabulary, length, depth, width, heads):
        super().__init__()
        self.embed, self.pos_embed = nn.Embedding(vocabulary, width), nn.Embedding(length, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.ln_final = nn.LayerNorm(width)
        self.unembed = nn.Linear(width, vocabulary, bias=False)
        self.register_buffer("mask", torch.full((length, length), -math.inf).triu(1))
        for name, p in self.named_parameters():
            if p.dim() == 2:
                nn.init.normal_(p, std=0.02 / math.sqrt(2 * depth) if name.endswith(("out.weight", "down.weight")) else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def forward(self, ids, targets):
        x = self.embed(ids) + self.pos_embed.weight
        for block in self.blocks:
            x = block(x, self.mask)
        logits = self.unembed(self.ln_final(x))
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), targets.view(-1))


def blas():
    """The file that matrix products come from: Debian's PyTorch takes whichever libblas.so.3 the system offers."""
    with open("/proc/self/maps") as maps:
        files = {line.split()[-1] for line in maps if "blas" in line}
    names = sorted(os.path.basename(os.path.realpath(file)) for file in files)
    return ", ".join(dict.fromkeys(names)) or "built in"


def product_ceiling():
    """Multiply-adds of a large matrix product, in 10^9 floating-point operations a second: shows at once a BLAS that is slow."""
    a, b = torch.randn(768, 768), torch.randn(768, 768)
    a @ b
    best = math.inf
    for _ in range(5):
        before = time.perf_counter()
        a @ b
        best = min(best, time.perf_counter() - before)
    return 2 * 768**3 / best / 1e9


def median_milliseconds(step, seconds, at_least=3):
    step()
    times, start = [], time.perf_counter()
    while len(times) < at_least or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        step()
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times), len(times)


def measure(name, seconds):
    vocabulary, length, depth, width, heads, batch = WORKLOADS[name]
    torch.manual_seed(1)
    model = Decoder(vocabulary, length, depth, width, heads)
    ids, targets = torch.randint(vocabulary, (batch, length)), torch.randint(vocabulary, (batch, length))
    optimizer = None

    def forward_backward():
        model.zero_grad(set_to_none=True)
        model(ids, targets).backward()

    def whole_step():
        optimizer.zero_grad(set_to_none=True)
        model(ids, targets).backward()
        optimizer.step()

    passes, pass_count = median_milliseconds(forward_backward, seconds)
    candidates = []
    for foreach in (False, True):
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, foreach=foreach)
        milliseconds, count = median_milliseconds(whole_step, seconds / 2)
        candidates.append((milliseconds, count, foreach))
    steps, step_count, foreach = min(candidates)
    tokens = batch * length
    return {
        "name": name,
        "vocabulary": vocabulary, "length": length, "depth": depth, "width": width, "heads": heads, "batch": batch,
        "parameters": sum(p.numel() for p in model.parameters()),
        "forward_backward_milliseconds": passes, "forward_backward_repeats": pass_count,
        "step_milliseconds": steps, "step_repeats": step_count, "optimizer": "AdamW, " + ("foreach" if foreach else "one by one"),
        "tokens_per_second": tokens / steps * 1000,
    }


def main():
    parser = argparse.ArgumentParser(description="The workloads of fukami bench on PyTorch.")
    parser.add_argument("--workload", action="append", choices=list(WORKLOADS), help="one of them (may be repeated); all unless given")
    parser.add_argument("--seconds", type=float, default=5, help="for each of the two figures (default 5)")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="all processors unless given")
    parser.add_argument("--json", default="-", help="a file, or - for standard output (default)")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    result = {
        "runtime": f"PyTorch {torch.__version__}, Python {platform.python_version()}",
        "threads": torch.get_num_threads(),
        "blas": blas(),
        "product_gflops": product_ceiling(),
        "workloads": [measure(name, arguments.seconds) for name in arguments.workload or WORKLOADS],
    }
    text = json.dumps(result, indent=2)
    if arguments.json == "-":
        print(text)
    else:
        with open(arguments.json, "w") as file:
            file.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
