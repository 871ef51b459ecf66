#!/usr/bin/python3
"""Holds the reference's own definitions against PyTorch's layers, so that a mistake would have to be made twice.

    /usr/bin/python3 tests/parity/check_reference.py
"""

import math

import torch
import torch.nn.functional as F

import families
import family_fixtures
from model import Model, PowerNormalization, Settings

torch.manual_seed(1)
X = torch.randn(3, 5, 8, dtype=torch.float64, requires_grad=True)
MASK = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 1, 1, 1, 0]], dtype=torch.bool)


def model(**others):
    return Model(Settings(**{**dict(vocabulary=7, length=6, depth=2, width=8, heads=2), **others}))


def same(claim, a, b):
    error = (a - b).abs().max().item()
    assert error < 1e-12, f"{claim}: differs by {error:g}"
    print(f"{claim}: differs by {error:.1e}")


def check_norms():
    m = model(norm="layer")
    y = m.norm("ln", X, None)
    same("layer", y, F.layer_norm(X, [8], m.parameter("ln.gain"), m.parameter("ln.bias"), 1e-5))

    m = model(norm="batch")
    torch_norm = torch.nn.BatchNorm1d(8, dtype=torch.float64)
    y = m.norm("ln", X, None)
    with torch.no_grad():
        torch_norm.weight.copy_(m.parameter("ln.gain"))
        torch_norm.bias.copy_(m.parameter("ln.bias"))
        torch_norm.running_mean.copy_(m.statistic("ln.running_mean"))
        torch_norm.running_var.copy_(m.statistic("ln.running_variance"))
    same("batch", y, torch_norm(X.reshape(-1, 8)).reshape(X.shape))
    same("batch, running mean", m.updated["ln.running_mean"], torch_norm.running_mean)
    same("batch, running variance", m.updated["ln.running_variance"], torch_norm.running_var)
    m = model(norm="batch")
    real = m.norm("ln", X, MASK)[MASK]
    alone = model(norm="batch").norm("ln", X[MASK][None], None)[0]
    same("batch, padding respected", real, alone)

    m = model(norm="dyt")
    y = m.norm("ln", X, None)
    same("dyt", y, torch.tanh(X * m.parameter("ln.alpha")) * m.parameter("ln.gain") + m.parameter("ln.bias"))


def check_power():
    """Where psi^2 and nu are the batch's own statistics, algorithm 2 is the exact gradient of x / sqrt(mean x^2)."""
    x = X.detach().reshape(-1, 8).clone().requires_grad_()
    upstream = torch.randn_like(x)
    gain = torch.rand(8, dtype=torch.float64) + 0.5
    psi = (x ** 2).mean(0).sqrt()
    exact, = torch.autograd.grad((gain * x / psi * upstream).sum(), x)
    z = (x / psi).detach()
    nu = (gain * upstream * z).mean(0)
    updated = {}
    y = PowerNormalization.apply(x, gain, None, psi.detach(), nu, torch.ones(15, dtype=torch.bool), updated, 0.1)
    approximate, = torch.autograd.grad((y * upstream).sum(), x)
    same("power, gradient with the batch's own statistics", approximate, exact)
    same("power, running gradient at its fixed point", updated["running_gradient"], nu)


def check_attention():
    m = model()
    y = m.self_attention("attn", X, True, None)
    torch_attention = torch.nn.MultiheadAttention(8, 2, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        torch_attention.in_proj_weight.copy_(m.parameter("attn.qkv.weight").T)
        torch_attention.in_proj_bias.copy_(m.parameter("attn.qkv.bias"))
        torch_attention.out_proj.weight.copy_(m.parameter("attn.out.weight").T)
        torch_attention.out_proj.bias.copy_(m.parameter("attn.out.bias"))
    hidden = torch.ones(5, 5, dtype=torch.bool).triu(1)
    same("causal attention", y, torch_attention(X, X, X, attn_mask=hidden)[0])
    y = m.self_attention("attn", X, False, MASK)
    same("attention with padding", y, torch_attention(X, X, X, key_padding_mask=~MASK)[0])

    # turning is multiplication of complex numbers a + ib by exp(i position frequency)
    q = X.detach().reshape(3, 5, 2, 4)
    frequency = torch.tensor([1.0, 0.01], dtype=torch.float64)
    turn = torch.polar(torch.ones(5, 2, dtype=torch.float64), torch.outer(torch.arange(5, dtype=torch.float64), frequency))
    turned = torch.complex(q[..., :2].contiguous(), q[..., 2:].contiguous()) * turn[None, :, None, :]
    same("rotary", m.rotate(q), torch.cat([turned.real, turned.imag], -1))


def check_feed_forward():
    for activation, f in [("relu", F.relu), ("gelu", F.gelu), ("gelu-tanh", lambda x: F.gelu(x, approximate="tanh"))]:
        m = model(activation=activation)
        y = m.feed_forward("mlp", X)
        post = f(X @ m.parameter("mlp.up.weight") + m.parameter("mlp.up.bias"))
        same(activation, y, post @ m.parameter("mlp.down.weight") + m.parameter("mlp.down.bias"))
    m = model(activation="swiglu", bias=False)
    y = m.feed_forward("mlp", X)
    post = F.silu(X @ m.parameter("mlp.gate.weight")) * (X @ m.parameter("mlp.up.weight"))
    same("swiglu", y, post @ m.parameter("mlp.down.weight"))


def check_models():
    """Post-norm and pre-norm encoders against PyTorch's own encoder, and the loss against its cross-entropy."""
    for residual in ["post", "pre"]:
        m = model(kind="encoder", residual=residual, activation="relu", positions="none")
        ids = torch.randint(0, 7, (3, 5))
        targets = torch.where(MASK, torch.randint(0, 7, (3, 5)), -1)
        batch = dict(ids=ids, targets=targets, mask=MASK)
        loss = m.loss(batch)
        layer = torch.nn.TransformerEncoderLayer(8, 2, 32, 0, "relu", batch_first=True, norm_first=residual == "pre", dtype=torch.float64)
        final = torch.nn.LayerNorm(8, dtype=torch.float64) if residual == "pre" else None
        encoder = torch.nn.TransformerEncoder(layer, 2, final)
        names = [("self_attn.in_proj_weight", "attn.qkv.weight"), ("self_attn.in_proj_bias", "attn.qkv.bias"),
                 ("self_attn.out_proj.weight", "attn.out.weight"), ("self_attn.out_proj.bias", "attn.out.bias"),
                 ("linear1.weight", "mlp.up.weight"), ("linear1.bias", "mlp.up.bias"),
                 ("linear2.weight", "mlp.down.weight"), ("linear2.bias", "mlp.down.bias"),
                 ("norm1.weight", "ln1.gain"), ("norm1.bias", "ln1.bias"), ("norm2.weight", "ln2.gain"), ("norm2.bias", "ln2.bias")]
        with torch.no_grad():
            for l in range(2):
                for theirs, ours in names:
                    value = m.parameters[f"blocks.{l}.{ours}"]
                    encoder.layers[l].get_parameter(theirs).copy_(value.T if value.dim() == 2 else value)
            if final is not None:
                encoder.norm.weight.copy_(m.parameters["ln_final.gain"])
                encoder.norm.bias.copy_(m.parameters["ln_final.bias"])
        y = encoder(m.parameters["embed.weight"][ids], src_key_padding_mask=~MASK) @ m.parameters["unembed.weight"]
        same(f"{residual} encoder", m.points["logits"][MASK], y[MASK])
        same(f"{residual} encoder, loss", loss, F.cross_entropy(y.reshape(-1, 7), targets.reshape(-1), ignore_index=-1))
    m = model(residual="deepnorm")
    assert math.isclose(m.alpha(False), 4 ** 0.25)


def check_families():
    """GPT-2 and BERT folders against PyTorch's own encoder layers, Llama's turn against complex numbers, its stretching against its three cases."""
    for family, case in [("gpt2", "gelu"), ("bert", "masked")]:
        p, ids, types, mask, y = opened(family, case)
        gpt2 = family == "gpt2"
        width, heads, inner, epsilon = (16, 4, 20, 0.01) if gpt2 else (16, 4, 24, 1e-12)
        layer = torch.nn.TransformerEncoderLayer(width, heads, inner, 0, "gelu", epsilon, True, gpt2, dtype=torch.float64)
        encoder = torch.nn.TransformerEncoder(layer, 2)
        for l in range(2):
            names = gpt2_names(p, l) if gpt2 else bert_names(p, l)
            with torch.no_grad():
                for theirs, value in zip(LAYER, names):
                    encoder.layers[l].get_parameter(theirs).copy_(value)
        if gpt2:
            hidden = torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool).triu(1)
            z = encoder(p["transformer.wte.weight"][ids] + p["transformer.wpe.weight"][:ids.shape[1]], hidden)
            z = F.layer_norm(z, [width], p["transformer.ln_f.weight"], p["transformer.ln_f.bias"], epsilon) @ p["transformer.wte.weight"].T
            same("gpt2 folder", y, z)
        else:
            e = "bert.embeddings."
            x = p[e + "word_embeddings.weight"][ids] + p[e + "position_embeddings.weight"][:ids.shape[1]] + p[e + "token_type_embeddings.weight"][types]
            z = encoder(F.layer_norm(x, [width], p[e + "LayerNorm.weight"], p[e + "LayerNorm.bias"], epsilon), src_key_padding_mask=~mask)
            t = "cls.predictions.transform."
            z = F.gelu(F.linear(z, p[t + "dense.weight"], p[t + "dense.bias"]))
            z = F.layer_norm(z, [width], p[t + "LayerNorm.weight"], p[t + "LayerNorm.bias"], epsilon)
            same("bert folder", y[mask], F.linear(z, p[e + "word_embeddings.weight"], p["cls.predictions.bias"])[mask])

    x = torch.randn(2, 5, 3, 8, dtype=torch.float64)
    frequency = families.frequencies(6, 10000.0, None)
    turn = torch.polar(torch.ones(5, 3, dtype=torch.float64), torch.outer(torch.arange(5, dtype=torch.float64), frequency))
    turned = torch.complex(x[..., :3].contiguous(), x[..., 3:6].contiguous()) * turn[None, :, None, :]
    same("partial rotary", families.rotate(x, frequency), torch.cat([turned.real, turned.imag, x[..., 6:]], -1))

    scaling = dict(factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=160, rope_type="llama3")
    stretched = families.frequencies(8, 10000.0, scaling)
    wave = [2 * math.pi * 10000.0 ** (2 * i / 8) for i in range(4)]
    smooth = (160 / wave[1] - 1) / 3
    assert wave[0] < 160 / 4 < wave[1] < 160 < wave[2]
    by_hand = [1, (1 - smooth) * 0.1 / 8 + smooth * 0.1, 0.01 / 8, 0.001 / 8]
    same("llama3 stretching", stretched, torch.tensor(by_hand, dtype=torch.float64))


LAYER = ["self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias",
         "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"]


def opened(family, case):
    config, tensors, fed = family_fixtures.cases()[family][case]
    label = f"{family}/{case}"
    p = families.Pass(config, {name: family_fixtures.drawn(label, name, shape, kind) for name, shape, kind in tensors})
    batch = family_fixtures.batch_of(label, config["vocab_size"], **fed)
    ids, types, mask = (family_fixtures.tensor(batch, name, dtype) for name, dtype in (("ids", torch.long), ("token_types", torch.long), ("mask", torch.bool)))
    return p, ids, types, mask, families.FORWARD[family](p, ids, types, mask)


def gpt2_names(p, l):
    h = f"transformer.h.{l}."
    for name in ("attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"):
        yield p[f"{h}{name}.weight"].T
        yield p[f"{h}{name}.bias"]
    for name in ("ln_1", "ln_2"):
        yield p[f"{h}{name}.weight"]
        yield p[f"{h}{name}.bias"]


def bert_names(p, l):
    h = f"bert.encoder.layer.{l}."
    for part in ("weight", "bias"):
        yield torch.cat([p[f"{h}attention.self.{name}.{part}"] for name in ("query", "key", "value")])
    for name in ("attention.output.dense", "intermediate.dense", "output.dense", "attention.output.LayerNorm", "output.LayerNorm"):
        yield p[f"{h}{name}.weight"]
        yield p[f"{h}{name}.bias"]


check_norms()
check_power()
check_attention()
check_feed_forward()
check_models()
check_families()
