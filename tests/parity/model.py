"""The model family in plain PyTorch, float64, written from the papers' definitions and from docs/parity.md alone.

Nothing here is fast and nothing is fused: every step is the formula. Gradients are PyTorch's own,
but for power normalization, whose backward pass is by definition not the derivative of its forward pass.
"""

import math

import torch

import formula

DTYPE = torch.float64


class PowerNormalization(torch.autograd.Function):
    """Shen et al. 2020, algorithm 2. x, the gradient and the result are (rows, width); real says which rows count.

    Forward:   z = x / psi,  y = gain * z + bias,  psi^2 <- psi^2 + m (mean x^2 - psi^2)
    Backward:  g = gain * dL/dy,  dL/dx = (g - nu z) / psi,  nu <- nu (1 - m mean z^2) + m mean(g z)

    psi and nu are those of the steps before. The means are over the rows that count; to the others no statistic
    answers, so that their gradient is g / psi.
    """

    @staticmethod
    def forward(ctx, x, gain, bias, psi, nu, real, updated, momentum):
        z = x / psi
        ctx.save_for_backward(z, gain, psi, nu, real)
        ctx.updated, ctx.momentum = updated, momentum
        y = gain * z
        return y if bias is None else y + bias

    @staticmethod
    def backward(ctx, dy):
        z, gain, psi, nu, real = ctx.saved_tensors
        m = ctx.momentum
        g = gain * dy
        dx = (g - nu * z * real[:, None]) / psi
        square = (z[real] ** 2).mean(0)
        product = (g[real] * z[real]).mean(0)
        ctx.updated["running_gradient"] = nu * (1 - m * square) + m * product
        return dx, (dy * z).sum(0), dy.sum(0) if ctx.needs_input_grad[2] else None, None, None, None, None, None


class Settings(dict):
    """The settings of a model under their names in config.json, with the defaults filled in."""

    __getattr__ = dict.__getitem__

    def __init__(self, **given):
        depth, width, heads = given["depth"], given["width"], given["heads"]
        super().__init__(
            kind="decoder", decoder_depth=depth, key_value_heads=heads, feed_forward_width=4 * width,
            residual="pre", norm="layer", activation="gelu", positions="learned", bias=True, tied=False,
            epsilon=1e-5, padding="respect")
        self.update(given)


class Model:
    """One model: parameters and running statistics by name, each made by the formula when it is first asked for.

    points holds every named point of the last pass; updated the running statistics after it.
    """

    MOMENTUM = 0.1

    def __init__(self, settings, matrix_scale=1):
        self.s, self.matrix_scale = settings, matrix_scale
        self.parameters, self.statistics = {}, {}
        self.points, self.updated = {}, {}
        self.training = True

    # -- numbers ---------------------------------------------------------------------------------------------------

    def parameter(self, name, *shape):
        if name not in self.parameters:
            self.parameters[name] = torch.tensor(formula.value(name, shape, self.matrix_scale), dtype=DTYPE, requires_grad=True)
        return self.parameters[name]

    def statistic(self, name, *shape):
        if name not in self.statistics:
            self.statistics[name] = torch.tensor(formula.value(name, shape), dtype=DTYPE)
        return self.statistics[name]

    def at(self, name, x):
        if x.requires_grad and torch.is_grad_enabled():
            x.retain_grad()
        self.points[name] = x
        return x

    def bias(self, name, width):
        return self.parameter(name + ".bias", width) if self.s.bias else None

    # -- layers ----------------------------------------------------------------------------------------------------

    def linear(self, name, x, out):
        y = x @ self.parameter(name + ".weight", x.shape[-1], out)
        return y + self.bias(name, out) if self.s.bias else y

    def norm(self, name, x, mask):
        """x (batch, length, width); mask (batch, length), true where there is a token."""
        s, width = self.s, x.shape[-1]
        if s.norm == "none":
            return x
        gain, bias = self.parameter(name + ".gain", width), self.bias(name, width)
        if s.norm == "layer":
            centred = x - x.mean(-1, keepdim=True)
            scale = self.at(name + ".scale", torch.sqrt((centred ** 2).mean(-1, keepdim=True) + s.epsilon))
            y = gain * (centred / scale)
        elif s.norm == "rms":
            scale = self.at(name + ".scale", torch.sqrt((x ** 2).mean(-1, keepdim=True) + s.epsilon))
            y = gain * (x / scale)
        elif s.norm == "dyt":
            y = gain * torch.tanh(self.parameter(name + ".alpha", 1) * x)
        elif s.norm == "batch":
            y = gain * self.batch_standardized(name, x, mask)
        else:
            return self.at(name + ".normalized", self.power(name, x, gain, bias, mask))
        return self.at(name + ".normalized", y if bias is None else y + bias)

    def counted(self, x, mask):
        """Which rows count in statistics over the batch, (batch * length)."""
        if mask is None or self.s.padding == "ignore":
            return torch.ones(x.shape[0] * x.shape[1], dtype=torch.bool)
        return mask.reshape(-1)

    def batch_standardized(self, name, x, mask):
        width = x.shape[-1]
        mean = self.statistic(name + ".running_mean", width)
        variance = self.statistic(name + ".running_variance", width)
        if self.training:
            rows = x.reshape(-1, width)[self.counted(x, mask)]
            n, m = rows.shape[0], self.MOMENTUM
            batch_mean = rows.mean(0)
            batch_variance = ((rows - batch_mean) ** 2).mean(0)
            self.updated[name + ".running_mean"] = (1 - m) * mean + m * batch_mean.detach()
            self.updated[name + ".running_variance"] = (1 - m) * variance + m * batch_variance.detach() * n / (n - 1)
            mean, variance = batch_mean, batch_variance
        return (x - mean) / torch.sqrt(variance + self.s.epsilon)

    def power(self, name, x, gain, bias, mask):
        width, m = x.shape[-1], self.MOMENTUM
        square = self.statistic(name + ".running_square", width)
        nu = self.statistic(name + ".running_gradient", width)
        psi = torch.sqrt(square + self.s.epsilon)
        if not self.training:
            y = gain * (x / psi)
            return y if bias is None else y + bias
        rows, real, updated = x.reshape(-1, width), self.counted(x, mask), self.updated

        class Named(dict):
            def __setitem__(self, key, number):
                updated[f"{name}.{key}"] = number

        updated[name + ".running_square"] = square + m * ((rows[real].detach() ** 2).mean(0) - square)
        return PowerNormalization.apply(rows, gain, bias, psi, nu, real, Named(), m).reshape(x.shape)

    def rotate(self, x):
        """(batch, length, heads, d): the pair (i, i + d/2) turns by position * 10000^(-2i/d). (Su et al. 2021)"""
        length, d = x.shape[1], x.shape[3]
        frequency = 10000.0 ** (-2 * torch.arange(d // 2, dtype=DTYPE) / d)
        angle = torch.arange(length, dtype=DTYPE)[:, None] * frequency
        cos, sin = torch.cos(angle)[None, :, None, :], torch.sin(angle)[None, :, None, :]
        a, b = x[..., : d // 2], x[..., d // 2:]
        return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)

    def attention(self, name, q, k, v, causal, key_mask, rotary):
        """q (batch, queries, heads * d); k, v (batch, keys, key_value_heads * d)."""
        s, d = self.s, self.s.width // self.s.heads
        batch, queries, keys = q.shape[0], q.shape[1], k.shape[1]
        q, k, v = self.at(name + ".q", q), self.at(name + ".k", k), self.at(name + ".v", v)
        if rotary:
            q = self.at(name + ".rot_q", self.rotate(q.reshape(batch, queries, s.heads, d)).reshape(q.shape))
            k = self.at(name + ".rot_k", self.rotate(k.reshape(batch, keys, s.key_value_heads, d)).reshape(k.shape))
        q = q.reshape(batch, queries, s.heads, d)
        # query head h reads key and value head h // (heads / key_value_heads)
        share = torch.arange(s.heads) // (s.heads // s.key_value_heads)
        k = k.reshape(batch, keys, s.key_value_heads, d)[:, :, share]
        v = v.reshape(batch, keys, s.key_value_heads, d)[:, :, share]
        scores = torch.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(d)
        hidden = torch.zeros(batch, 1, queries, keys, dtype=torch.bool)
        if causal:
            hidden = hidden | torch.ones(queries, keys, dtype=torch.bool).triu(1)
        if key_mask is not None:
            hidden = hidden | ~key_mask[:, None, None, :]
        scores = self.at(name + ".attn_scores", scores.masked_fill(hidden, -math.inf))
        # a query that sees nothing (padding before a sentence's first token) has a pattern of zeros
        blind = hidden.all(-1, keepdim=True).expand(scores.shape)
        pattern = self.at(name + ".pattern", torch.softmax(scores.masked_fill(blind, 0), -1).masked_fill(blind, 0))
        z = torch.einsum("bhqk,bkhd->bqhd", pattern, v).reshape(batch, queries, s.heads * d)
        return self.linear(name + ".out", self.at(name + ".z", z), s.width)

    def self_attention(self, name, x, causal, mask):
        s, d = self.s, self.s.width // self.s.heads
        parts = [s.heads * d, s.key_value_heads * d, s.key_value_heads * d]
        q, k, v = self.linear(name + ".qkv", x, sum(parts)).split(parts, -1)
        return self.attention(name, q, k, v, causal, mask, s.positions == "rotary")

    def cross_attention(self, name, x, memory, memory_mask):
        s, d = self.s, self.s.width // self.s.heads
        q = self.linear(name + ".q", x, s.heads * d)
        k, v = self.linear(name + ".kv", memory, 2 * s.key_value_heads * d).split(s.key_value_heads * d, -1)
        return self.attention(name, q, k, v, False, memory_mask, False)

    def feed_forward(self, name, x):
        s = self.s
        if s.activation == "swiglu":
            pre = self.at(name + ".pre", self.linear(name + ".gate", x, s.feed_forward_width))
            linear = self.at(name + ".pre_linear", self.linear(name + ".up", x, s.feed_forward_width))
            post = pre * torch.sigmoid(pre) * linear
        else:
            pre = self.at(name + ".pre", self.linear(name + ".up", x, s.feed_forward_width))
            if s.activation == "relu":
                post = torch.where(pre > 0, pre, torch.zeros_like(pre))
            elif s.activation == "gelu":
                post = pre * 0.5 * (1 + torch.erf(pre / math.sqrt(2)))
            else:
                post = 0.5 * pre * (1 + torch.tanh(math.sqrt(2 / math.pi) * (pre + 0.044715 * pre ** 3)))
        return self.linear(name + ".down", self.at(name + ".post", post), s.width)

    # -- residual arrangements -------------------------------------------------------------------------------------

    def alpha(self, decoder):
        """DeepNorm's weight of the skip path. (Wang et al. 2022, figure 2)"""
        s = self.s
        if s.kind != "encoder-decoder":
            return (2 * s.depth) ** 0.25
        if decoder:
            return (3 * s.decoder_depth) ** 0.25
        return 0.81 * (s.depth ** 4 * s.decoder_depth) ** (1 / 16)

    def around(self, block, sublayer, ln, out, resid, x, f, mask, layer, decoder):
        """One sublayer f with its skip path and norm; layer counts from 1."""
        s = self.s
        ln, out, resid = f"{block}.{ln}", f"{block}.{out}", f"{block}.{resid}"
        if s.residual == "none":
            y = self.at(out, f(x))
        elif s.residual == "none-norm":
            y = self.norm(ln, self.at(out, f(x)), mask)
        elif s.residual == "plain":
            y = x + self.at(out, f(x))
        elif s.residual == "post":
            y = self.norm(ln, self.at(resid + "_sum", x + self.at(out, f(x))), mask)
        elif s.residual == "pre":
            y = x + self.at(out, f(self.norm(ln, x, mask)))
        elif s.residual == "sandwich":
            y = x + self.at(out, self.norm(ln + "_post", f(self.norm(ln, x, mask)), mask))
        elif s.residual == "deepnorm":
            y = self.norm(ln, self.at(resid + "_sum", self.alpha(decoder) * x + self.at(out, f(x))), mask)
        elif s.residual == "rezero":
            y = x + self.at(out, self.parameter(f"{block}.{sublayer}.residual_scale", 1) * f(x))
        elif s.residual == "scaled-pre":
            y = x + self.at(out, f(self.norm(ln, x, mask) / math.sqrt(layer)))
        return self.at(resid, y)

    def block(self, name, x, mask, causal, layer, memory=None, memory_mask=None):
        decoder = memory is not None
        x = self.at(name + ".resid_pre", x)
        attention = lambda h: self.self_attention(name + ".attn", h, causal, mask)
        cross = lambda h: self.cross_attention(name + ".cross", h, memory, memory_mask)
        feed_forward = lambda h: self.feed_forward(name + ".mlp", h)
        if self.s.residual == "parallel":
            h = self.norm(name + ".ln1", x, mask)
            y = x + self.at(name + ".attn_out", attention(h))
            if decoder:
                y = y + self.at(name + ".cross_out", cross(h))
            return self.at(name + ".resid_post", y + self.at(name + ".mlp_out", feed_forward(h)))
        x = self.around(name, "attn", "ln1", "attn_out", "resid_mid", x, attention, mask, layer, decoder)
        if decoder:
            x = self.around(name, "cross", "ln_cross", "cross_out", "resid_cross", x, cross, mask, layer, decoder)
        return self.around(name, "mlp", "ln2", "mlp_out", "resid_post", x, feed_forward, mask, layer, decoder)

    # -- whole models ----------------------------------------------------------------------------------------------

    def stack(self, prefix, ids, mask, causal, depth, memory=None, memory_mask=None):
        s, length = self.s, ids.shape[1]
        x = self.at(prefix + "embed", self.parameter("embed.weight", s.vocabulary, s.width)[ids])
        if s.positions == "learned":
            table = self.parameter(prefix + "pos_embed.weight", s.length, s.width)[:length]
            x = x + self.at(prefix + "pos_embed", table.expand(x.shape))
        elif s.positions == "sinusoidal":
            # PE(p, 2i) = sin(p / 10000^(2i/width)), PE(p, 2i+1) = cos of the same. (Vaswani et al. 2017, 3.5)
            angle = torch.arange(length, dtype=DTYPE)[:, None] * 10000.0 ** (-torch.arange(0, s.width, 2, dtype=DTYPE) / s.width)
            table = torch.stack([torch.sin(angle), torch.cos(angle)], -1).reshape(length, -1)[:, : s.width]
            x = x + self.at(prefix + "pos_embed", table.expand(x.shape))
        for layer in range(depth):
            x = self.block(f"{prefix}blocks.{layer}", x, mask, causal, layer + 1, memory, memory_mask)
        if s.residual in ("pre", "sandwich", "scaled-pre", "parallel"):
            x = self.norm(prefix + "ln_final", x, mask)
        return x

    def logits(self, batch):
        s = self.s
        self.points, self.updated = {}, {}
        if s.kind == "encoder-decoder":
            memory = self.stack("encoder.", batch["source"], batch["source_mask"], False, s.depth)
            x = self.stack("decoder.", batch["ids"], batch["mask"], True, s.decoder_depth, memory, batch["source_mask"])
        else:
            x = self.stack("", batch["ids"], batch["mask"], s.kind == "decoder", s.depth)
        if s.tied:
            y = x @ self.parameter("embed.weight", s.vocabulary, s.width).T
        else:
            y = x @ self.parameter("unembed.weight", s.width, s.vocabulary)
        return self.at("logits", y)

    def loss(self, batch):
        """Mean cross-entropy in nats over the targets that are not -1."""
        counted = batch["targets"] >= 0
        y = self.logits(batch)[counted]
        return (torch.logsumexp(y, -1) - y[torch.arange(y.shape[0]), batch["targets"][counted]]).mean()
