"""Writes tests/Fukami.Lab.Tests/Fixtures/recurrent.json: what PyTorch's recurrent cells give in float64, step by step.

Run with the interpreter that has PyTorch: /usr/bin/python3 tests/parity/recurrent.py
The cells are PyTorch's own (RNNCell, LSTMCell, GRUCell); the whole stack is held against RNN, LSTM and GRU of as many layers first.
"""

import json
import pathlib

import torch

DEPTH, STEPS, BATCH, WIDTH, VOCABULARY = 2, 5, 2, 4, 6
CELLS = {
    "elman": (torch.nn.RNNCell, torch.nn.RNN, 1),
    "lstm": (torch.nn.LSTMCell, torch.nn.LSTM, 4),
    "gru": (torch.nn.GRUCell, torch.nn.GRU, 3),
}
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    return [float(f"{x:.9g}") for x in tensor.detach().reshape(-1).tolist()]


def draw(generator, *shape):
    """Exact in float32, so that both sides begin with the same numbers."""
    return (torch.randn(*shape, generator=generator) * 0.6).float().double()


def case(name, skip):
    cell_type, stack_type, gates = CELLS[name]
    generator = torch.Generator().manual_seed(1)
    embed = draw(generator, VOCABULARY, WIDTH).requires_grad_()
    unembed = draw(generator, WIDTH, VOCABULARY).requires_grad_()
    cells = []
    for _ in range(DEPTH):
        cell = cell_type(WIDTH, WIDTH)
        with torch.no_grad():
            cell.weight_ih.copy_(draw(generator, gates * WIDTH, WIDTH))
            cell.weight_hh.copy_(draw(generator, gates * WIDTH, WIDTH))
            cell.bias_ih.copy_(draw(generator, gates * WIDTH))
            cell.bias_hh.zero_()
        cells.append(cell)
    ids = torch.randint(VOCABULARY, (BATCH, STEPS), generator=generator)
    targets = torch.randint(VOCABULARY, (BATCH, STEPS), generator=generator)

    points, states, losses, tops = {}, [None] * DEPTH, [], []
    for t in range(STEPS):
        x = points[f"embed.{t}"] = embed[ids[:, t]]
        for l, cell in enumerate(cells):
            states[l] = cell(x, states[l])
            h = states[l]
            if name == "lstm":
                h, points[f"layers.{l}.c.{t}"] = states[l]
            points[f"layers.{l}.h.{t}"] = h
            if skip:
                x = points[f"layers.{l}.out.{t}"] = x + h
            else:
                x = h
        tops.append(x)
        logits = points[f"logits.{t}"] = x @ unembed
        losses.append(torch.nn.functional.cross_entropy(logits, targets[:, t]))
    if not skip:
        check_stack(stack_type, cells, embed[ids], torch.stack(tops, 1))
    for tensor in points.values():
        tensor.retain_grad()
    loss = sum(losses) / STEPS
    loss.backward()

    parameters = {"embed.weight": embed, "unembed.weight": unembed}
    gradients = {"embed.weight": embed.grad, "unembed.weight": unembed.grad}
    for l, cell in enumerate(cells):
        for ours, theirs in (("input.weight", "weight_ih"), ("recurrent.weight", "weight_hh"), ("bias", "bias_ih")):
            weight = getattr(cell, theirs)
            parameters[f"layers.{l}.{ours}"] = weight.T if weight.dim() == 2 else weight
            gradients[f"layers.{l}.{ours}"] = weight.grad.T if weight.dim() == 2 else weight.grad
    return {
        "cell": name,
        "skip": skip,
        "depth": DEPTH,
        "length": STEPS,
        "batch": BATCH,
        "width": WIDTH,
        "vocabulary": VOCABULARY,
        "ids": ids.reshape(-1).tolist(),
        "targets": targets.reshape(-1).tolist(),
        "loss": float(loss),
        "parameters": {key: numbers(value) for key, value in parameters.items()},
        "gradients": {key: numbers(value) for key, value in gradients.items()},
        "points": {key: numbers(value) for key, value in points.items()},
        "point_gradients": {key: numbers(value.grad) for key, value in points.items()},
    }


def check_stack(stack_type, cells, inputs, expected):
    stack = stack_type(WIDTH, WIDTH, num_layers=DEPTH, batch_first=True)
    with torch.no_grad():
        for l, cell in enumerate(cells):
            for weight in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                getattr(stack, f"{weight}_l{l}").copy_(getattr(cell, weight))
    assert torch.allclose(stack(inputs)[0], expected, rtol=0, atol=1e-12)


cases = [case(name, skip) for name in CELLS for skip in (False, True)]
path = pathlib.Path(__file__).parents[1] / "Fukami.Lab.Tests" / "Fixtures" / "recurrent.json"
path.write_text("\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n")
print(path, path.stat().st_size)
