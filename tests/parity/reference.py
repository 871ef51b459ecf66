#!/usr/bin/python3
"""Computes what the model family must give, in float64, and writes it as the fixtures of the parity tests.

    /usr/bin/python3 tests/parity/reference.py [DIRECTORY]

Needs PyTorch (1.13 was used) and NumPy. docs/parity.md says what is compared and how closely.
"""

import json
import os
import sys

import numpy as np
import torch

import formula
from model import Model, Settings
from safetensors import write_gzip

RESIDUALS = ["none", "none-norm", "plain", "post", "pre", "sandwich", "deepnorm", "rezero", "scaled-pre", "parallel"]
WITHOUT_NORM = ["none", "plain", "rezero"]
NORMS = ["none", "layer", "rms", "batch", "power", "dyt"]
ACTIVATIONS = ["relu", "gelu", "gelu-tanh", "swiglu"]
POSITIONS = ["learned", "sinusoidal", "rotary", "none"]
SMALL = dict(vocabulary=7, length=6, depth=2, width=8, heads=2)


def mask_of(text):
    return None if text is None else torch.tensor([[c == "1" for c in row] for row in text.split()])


def batch_of(case):
    """ids and targets by the formula; -1 where there is padding and for about every fifth token."""
    n, length, vocabulary = case["batch"], case["tokens"], case["settings"]["vocabulary"]
    mask = mask_of(case.get("mask"))
    targets = formula.ids("targets", n * length, vocabulary)
    targets[formula.ids("uncounted", n * length, 5) == 0] = -1
    if mask is not None:
        targets[~mask.reshape(-1).numpy()] = -1
    batch = dict(ids=torch.tensor(formula.ids("ids", n * length, vocabulary)).reshape(n, length),
                 targets=torch.tensor(targets).reshape(n, length), mask=mask)
    if "source_tokens" in case:
        count = case["source_tokens"]
        batch["source"] = torch.tensor(formula.ids("source", n * count, vocabulary)).reshape(n, count)
        batch["source_mask"] = mask_of(case.get("source_mask"))
    return batch


def run(case):
    model, batch = Model(Settings(**case["settings"]), case["matrix_scale"]), batch_of(case)
    loss = model.loss(batch)
    loss.backward()
    return model, batch, loss


def gradients(model):
    """By name, in the order of their names; a parameter that the loss does not depend on has a gradient of zeros."""
    return {name: (torch.zeros_like(p) if p.grad is None else p.grad).numpy() for name, p in sorted(model.parameters.items())}


def matrix_scale(settings):
    """
    Without a skip path small weights make all tokens alike, and an encoder-decoder's gradient is then lost in float32's rounding
    (1e-13 of the whole): larger ones keep attention sharp and every gradient measurable.
    """
    return 2 if settings.get("kind") == "encoder-decoder" and settings.get("residual") in ("none", "none-norm") else 1


def f32(array):
    return np.asarray(array, dtype=np.float32)


class Fixture:
    """One file: for each case its settings, the names of its parameters and what a pass must give."""

    def __init__(self):
        self.arrays, self.metadata = {}, {}

    def add(self, name, case, full):
        case = dict(case, matrix_scale=matrix_scale(case["settings"]))
        model, batch, loss = run(case)
        grads = gradients(model)
        self.metadata[name] = json.dumps(case, separators=(",", ":"))
        self.metadata[name + "|parameters"] = " ".join(grads)
        self.arrays[name + "|logits"] = f32(model.points["logits"].detach())
        self.arrays[name + "|loss"] = f32([loss.item()])
        # a row for each parameter: the gradient's norm, and its products with eight vectors of signs
        self.arrays[name + "|gradients"] = f32([
            [np.linalg.norm(g), *(formula.signs(p, g.size) @ g.reshape(-1))] for p, g in grads.items()])
        if full:
            for p, g in grads.items():
                self.arrays[f"{name}|gradient|{p}"] = f32(g)
        if model.updated:
            self.metadata[name + "|statistics"] = " ".join(sorted(model.updated))
            self.arrays[name + "|statistics"] = f32(np.stack([model.updated[k].numpy() for k in sorted(model.updated)]))
            model.training = False
            with torch.no_grad():
                self.arrays[name + "|inference"] = f32(model.logits(batch))
        return model, batch, loss

    def add_with_points(self, name, case):
        """Everything: full gradients, and the value and gradient of every named point."""
        model, _, _ = run(dict(case, matrix_scale=matrix_scale(case["settings"])))
        for point, x in model.points.items():
            self.arrays[f"{name}|point|{point}"] = f32(x.detach())
            if x.grad is not None:
                self.arrays[f"{name}|point_gradient|{point}"] = f32(x.grad)
        self.add(name, case, True)

    def write(self, directory, name):
        for key, array in self.arrays.items():
            # the only infinity is what attention may not see
            assert np.isfinite(array).all() or "attn_scores" in key and not np.isnan(array).any(), key
        path = os.path.join(directory, name + ".safetensors.gz")
        write_gzip(path, self.arrays, self.metadata)
        cases = sum(1 for key in self.metadata if "|" not in key)
        print(f"{name}: {cases} cases, {os.path.getsize(path):,} bytes")


def arrangements():
    for residual in RESIDUALS:
        for norm in ["any"] if residual in WITHOUT_NORM else NORMS:
            yield residual, norm


def settings(residual, norm, **others):
    return {**SMALL, "residual": residual, "norm": "layer" if norm == "any" else norm, **others}


def decoders():
    fixture = Fixture()
    for residual, norm in arrangements():
        for activation in ACTIVATIONS:
            for positions in POSITIONS:
                case = dict(settings=settings(residual, norm, activation=activation, positions=positions), batch=2, tokens=5)
                fixture.add(f"{residual}/{norm}/{activation}/{positions}", case, (activation, positions) == ("gelu", "learned"))
    return fixture


def encoders():
    fixture = Fixture()
    for residual, norm in arrangements():
        for positions in POSITIONS:
            for padding in ["respect", "ignore"] if norm in ("batch", "power") else ["respect"]:
                case = dict(settings=settings(residual, norm, kind="encoder", positions=positions, padding=padding),
                            batch=2, tokens=5, mask="11111 11100")
                fixture.add(f"{residual}/{norm}/{positions}/{padding}", case, False)
    return fixture


def encoder_decoders():
    fixture = Fixture()
    for residual, norm in arrangements():
        for positions in POSITIONS:
            # larger weights would let swiglu's products run away
            others = dict(depth=1, activation="gelu") if residual in ("none", "none-norm") else dict(depth=2, activation="swiglu")
            case = dict(settings=settings(residual, norm, kind="encoder-decoder", decoder_depth=1, positions=positions, **others),
                        batch=2, tokens=4, mask="1110 1111", source_tokens=5, source_mask="11111 11100")
            fixture.add(f"{residual}/{norm}/{positions}", case, False)
    return fixture


def options():
    fixture = Fixture()

    def add(name, tokens=5, mask=None, source=None, **changed):
        case = dict(settings=dict(SMALL, **changed), batch=2, tokens=tokens)
        if mask:
            case["mask"] = mask
        if changed.get("kind") == "encoder-decoder":
            case["source_tokens"] = 3
        if source:
            case.update(source_tokens=len(source.split()[0]), source_mask=source)
        fixture.add(name, case, True)

    for kind in ["decoder", "encoder", "encoder-decoder"]:
        for positions in ["learned", "rotary"]:
            add(f"{kind}, 4 heads of 2 key heads, {positions}", kind=kind, heads=4, key_value_heads=2, positions=positions)
            add(f"{kind}, 4 heads of 1 key head, {positions}", kind=kind, heads=4, key_value_heads=1, width=16, positions=positions)
        add(f"{kind}, output tied to the embedding", kind=kind, tied=True)
        add(f"{kind}, one head", kind=kind, heads=1)
        add(f"{kind}, width 12 of 3 heads, feed-forward 20", kind=kind, width=12, heads=3, feed_forward_width=20, positions="rotary", activation="swiglu")
        for norm in NORMS:
            for residual in ["pre", "post"]:
                add(f"{kind}, no biases, {residual}, {norm}", kind=kind, bias=False, residual=residual, norm=norm, activation="swiglu")
        for norm in ["layer", "rms", "batch", "power"]:
            add(f"{kind}, epsilon 0.25, {norm}", kind=kind, norm=norm, epsilon=0.25)
    add("decoder, no biases, sandwich, no positions", bias=False, residual="sandwich", positions="none")
    add("decoder, tied, no biases, parallel, rms, swiglu, rotary", tied=True, bias=False, residual="parallel", norm="rms", activation="swiglu", positions="rotary")
    add("decoder, padding at the end", mask="11111 11000")
    add("decoder, padding at the start", mask="11111 00111")
    add("decoder, padding at the end, batch", norm="batch", mask="11111 11000")
    add("encoder, padding at the start", kind="encoder", mask="01111 00111")
    add("encoder, a sentence of padding alone", kind="encoder", mask="11111 00000")
    add("encoder-decoder, more layers in the decoder, deepnorm", kind="encoder-decoder", residual="deepnorm", depth=1, decoder_depth=3)
    add("encoder-decoder, source longer than target", kind="encoder-decoder", tokens=3, mask="111 110", source="111111 111100")
    add("encoder-decoder, batch, padding ignored", kind="encoder-decoder", norm="batch", padding="ignore", mask="11111 11100", source="1111 1100")
    add("encoder-decoder, power, padding ignored", kind="encoder-decoder", norm="power", padding="ignore", mask="11111 11100", source="1111 1100")
    add("decoder, 5 layers, scaled-pre", depth=5, residual="scaled-pre")
    add("decoder, 5 layers, deepnorm", depth=5, residual="deepnorm")
    return fixture


def whole_models():
    """Of each kind one larger model, and of each arrangement a small one, with every named point."""
    fixture = Fixture()
    large = dict(vocabulary=11, length=8, depth=3, width=16, heads=4)
    fixture.add_with_points("decoder", dict(settings=dict(large, key_value_heads=2, positions="rotary"), batch=3, tokens=7))
    fixture.add_with_points("encoder", dict(
        settings=dict(large, kind="encoder", residual="post", activation="gelu-tanh"), batch=3, tokens=7, mask="1111111 1111000 1111110"))
    fixture.add_with_points("encoder-decoder", dict(
        settings=dict(large, kind="encoder-decoder", decoder_depth=2, norm="rms", activation="swiglu", positions="sinusoidal"),
        batch=3, tokens=7, mask="1111111 1111110 1111000", source_tokens=6, source_mask="111111 110000 111110"))
    for residual in RESIDUALS:
        fixture.add_with_points(f"decoder, {residual}", dict(settings=dict(SMALL, residual=residual), batch=2, tokens=5))
        fixture.add_with_points(f"encoder-decoder, {residual}", dict(
            settings=dict(SMALL, residual=residual, kind="encoder-decoder", depth=1), batch=2, tokens=4, source_tokens=5, source_mask="11111 11100"))
    for norm in ["batch", "power", "dyt"]:
        fixture.add_with_points(f"encoder, {norm}", dict(
            settings=dict(SMALL, norm=norm, kind="encoder"), batch=2, tokens=5, mask="11111 11100"))
    return fixture


def main():
    torch.set_num_threads(1)
    here = os.path.dirname(os.path.abspath(__file__))
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "Fukami.Transformers.Tests", "Parity", "Fixtures")
    os.makedirs(directory, exist_ok=True)
    decoders().write(directory, "decoders")
    encoders().write(directory, "encoders")
    encoder_decoders().write(directory, "encoder-decoders")
    options().write(directory, "options")
    whole_models().write(directory, "whole-models")


if __name__ == "__main__":
    main()
