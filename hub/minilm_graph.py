"""Turns the published all-MiniLM-L6-v2 weights into an ONNX graph, and that into an int8 one.

The architecture is BERT's (Devlin et al., 2019) in the size of Wang et al. (2020): six layers, twelve heads of 32, then mean
pooling over the mask and an L2 norm, as sentence-transformers runs it. Written out here so that neither torch nor a model hub
is needed. Inputs `ids` and `mask` are int64 [batch, tokens]; the output `vectors` is float32 [batch, 384], each of length 1.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

LAYERS = 6
HEADS = 12
DIMENSIONS = 384
HEAD_SIZE = DIMENSIONS // HEADS
EPSILON = 1e-12
OPSET = 17
SECOND_LAYER = ".output.dense.kernel"


class _Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def dense(self, x: str, name: str) -> str:
        kernel = self.constant(f"{name}.kernel", self.weights[f"{name}.weight"].T)
        return self.op("Add", self.op("MatMul", x, kernel), self.weight(f"{name}.bias"))

    def norm(self, x: str, name: str) -> str:
        return self.op("LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=EPSILON)

    def heads(self, x: str, axes: list[int]) -> str:
        shape = self.constant("split_heads", np.array([0, 0, HEADS, HEAD_SIZE], dtype=np.int64))
        return self.op("Transpose", self.op("Reshape", x, shape), perm=axes)

    def gelu(self, x: str) -> str:
        half = self.constant("half", np.array(0.5, dtype=np.float32))
        one = self.constant("one", np.array(1.0, dtype=np.float32))
        root_two = self.constant("root_two", np.array(np.sqrt(2.0), dtype=np.float32))
        erf = self.op("Erf", self.op("Div", x, root_two))
        return self.op("Mul", self.op("Mul", x, half), self.op("Add", erf, one))

    def attention(self, x: str, bias: str, layer: str) -> str:
        query = self.heads(self.dense(x, f"{layer}.self.query"), [0, 2, 1, 3])
        key = self.heads(self.dense(x, f"{layer}.self.key"), [0, 2, 3, 1])
        value = self.heads(self.dense(x, f"{layer}.self.value"), [0, 2, 1, 3])
        scale = self.constant("scale", np.array(1 / np.sqrt(HEAD_SIZE), dtype=np.float32))
        scores = self.op("Add", self.op("Mul", self.op("MatMul", query, key), scale), bias)
        mixed = self.op("Transpose", self.op("MatMul", self.op("Softmax", scores, axis=-1), value), perm=[0, 2, 1, 3])
        shape = self.constant("join_heads", np.array([0, 0, DIMENSIONS], dtype=np.int64))
        return self.dense(self.op("Reshape", mixed, shape), f"{layer}.output.dense")


def _embed_tokens(g: _Graph) -> str:
    words = g.op("Gather", g.weight("embeddings.word_embeddings.weight"), "ids", axis=0)
    length = g.op("Slice", g.op("Shape", "ids"), g.constant("i1", np.array([1])), g.constant("i2", np.array([2])))
    places = g.op(
        "Slice",
        g.weight("embeddings.position_embeddings.weight"),
        g.constant("i0", np.array([0])),
        length,
        g.constant("axis0", np.array([0])),
    )
    kind = g.constant("token_type_0", g.weights["embeddings.token_type_embeddings.weight"][0])
    return g.norm(g.op("Add", g.op("Add", words, places), kind), "embeddings.LayerNorm")


def _pool(g: _Graph, x: str, mask: str) -> str:
    last = g.op("Unsqueeze", mask, g.constant("last_axis", np.array([-1])))
    total = g.op("ReduceSum", g.op("Mul", x, last), g.constant("token_axis", np.array([1])), keepdims=0)
    count = g.op("ReduceSum", last, "token_axis", keepdims=0)
    mean = g.op("Div", total, count)
    length = g.op("ReduceL2", mean, axes=[1], keepdims=1)
    return g.op("Div", mean, length)


def build_graph(weights_file: Path, out: Path) -> None:
    """Write the fp32 ONNX graph of the weights in `weights_file` (safetensors) to `out`. KeyError if a tensor is missing.

    Its outputs: "vectors" [batch, 384] of length 1, and "tokens" [batch, tokens, 384], each token in its context, not of length 1.
    """
    g = _Graph(load_file(weights_file))
    mask = g.op("Cast", "mask", to=TensorProto.FLOAT)
    one = g.constant("one", np.array(1.0, dtype=np.float32))
    far_below = g.constant("far_below", np.array(-10000.0, dtype=np.float32))
    keep = g.op("Unsqueeze", mask, g.constant("head_axes", np.array([1, 2])))
    bias = g.op("Mul", g.op("Sub", one, keep), far_below)
    x = _embed_tokens(g)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        x = g.norm(g.op("Add", x, g.attention(x, bias, f"{layer}.attention")), f"{layer}.attention.output.LayerNorm")
        inner = g.gelu(g.dense(x, f"{layer}.intermediate.dense"))
        x = g.norm(g.op("Add", x, g.dense(inner, f"{layer}.output.dense")), f"{layer}.output.LayerNorm")
    g.nodes.append(helper.make_node("Identity", [x], ["tokens"]))
    g.nodes.append(helper.make_node("Identity", [_pool(g, x, mask)], ["vectors"]))
    tokens = ["batch", "tokens"]
    graph = helper.make_graph(
        g.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in ("ids", "mask")],
        [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", DIMENSIONS]),
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [*tokens, DIMENSIONS]),
        ],
        list(g.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(out))


def quantise(graph: Path, out: Path) -> None:
    """Write the dynamic int8 form of `graph` to `out`: weights per channel, activations at run time.

    The second layer of each feed-forward block stays in fp32: its inputs have outliers that int8 cuts, and search was worse for it.
    """
    second = [
        n.name
        for n in onnx.load(str(graph)).graph.node
        if n.op_type == "MatMul" and n.input[1].endswith(SECOND_LAYER) and "attention" not in n.input[1]
    ]
    quantize_dynamic(str(graph), str(out), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=second)
