using Decant.Export.Protobuf;
using Decant.Torch;

namespace Decant.Export.Onnx;

/// <summary>
/// Reads <c>.onnx</c> files: the part of the format that exports use. It shares nothing with the writer but the field
/// numbers of ONNX's <c>onnx.proto</c>, so that reading a file back is a check of it.
/// </summary>
public static class OnnxModelReader
{
    /// <summary>Reads a model. Its constants are views of the file's bytes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is missing, damaged, or uses what is not read here.</exception>
    public static OnnxModel Read(string path)
    {
        if (!File.Exists(path)) throw new DecantException($"{path} does not exist.");
        if (new FileInfo(path).Length > int.MaxValue) throw new DecantException($"{path} has more than 2 GiB; an .onnx file cannot be so large.");
        try
        {
            return Model(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is ProtoException or DecantException)
        {
            throw new DecantException($"{path} is not an ONNX model that can be read here: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static OnnxModel Model(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlyMemory<byte>? graph = null;
        string producer = "", version = "";
        long opset = 0;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            switch (field.Number)
            {
                case 2: producer = field.Text; break;
                case 3: version = field.Text; break;
                case 7: graph = field.Payload; break;
                case 8: opset = Math.Max(opset, Opset(field.Payload)); break;
                case 14: AddPair(metadata, field.Payload); break;
            }
        if (graph is not { } found) throw new DecantException("it holds no graph");
        if (opset == 0) throw new DecantException("it does not say which operators it uses");
        return Graph(found) with { Opset = opset, Producer = producer, ProducerVersion = version, Metadata = metadata };
    }

    private static long Opset(ReadOnlyMemory<byte> bytes)
    {
        long version = 0;
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            if (field.Number == 1 && field.Text is { Length: > 0 } domain) throw new DecantException($"its operators of '{domain}' are not known here");
            else if (field.Number == 2) version = field.Integer;
        return version;
    }

    private static void AddPair(Dictionary<string, string> pairs, ReadOnlyMemory<byte> bytes)
    {
        string key = "", value = "";
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            if (field.Number == 1) key = field.Text;
            else if (field.Number == 2) value = field.Text;
        pairs[key] = value;
    }

    private static OnnxModel Graph(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        List<OnnxNode> nodes = [];
        List<OnnxTensor> tensors = [];
        List<OnnxValueInfo> inputs = [], outputs = [], values = [];
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            switch (field.Number)
            {
                case 1: nodes.Add(Node(field.Payload)); break;
                case 2: name = field.Text; break;
                case 5: tensors.Add(Constant(field.Payload)); break;
                case 11: inputs.Add(Value(field.Payload)); break;
                case 12: outputs.Add(Value(field.Payload)); break;
                case 13: values.Add(Value(field.Payload)); break;
            }
        return new OnnxModel { Name = name, Nodes = nodes, Tensors = tensors, Inputs = inputs, Outputs = outputs, Values = values };
    }

    private static OnnxNode Node(ReadOnlyMemory<byte> bytes)
    {
        List<string> inputs = [], outputs = [];
        List<OnnxAttribute> attributes = [];
        string name = "", op = "", domain = "";
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            switch (field.Number)
            {
                case 1: inputs.Add(field.Text); break;
                case 2: outputs.Add(field.Text); break;
                case 3: name = field.Text; break;
                case 4: op = field.Text; break;
                case 5: attributes.Add(Attribute(field.Payload)); break;
                case 7: domain = field.Text; break;
            }
        if (domain.Length > 0) throw new DecantException($"the operator {op} of '{domain}' is not known here");
        return new OnnxNode(name, op, inputs, outputs, attributes);
    }

    private static OnnxAttribute Attribute(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        long kind = 0, integer = 0;
        float number = 0;
        string text = "";
        List<long> integers = [];
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            switch (field.Number)
            {
                case 1: name = field.Text; break;
                case 2: number = field.Single; break;
                case 3: integer = field.Integer; break;
                case 4: text = field.Text; break;
                case 8: integers.AddRange(field.Integers); break;
                case 20: kind = field.Integer; break;
            }
        return kind switch
        {
            1 => new(name) { Number = number },
            2 => new(name) { Integer = integer },
            3 => new(name) { Text = text },
            7 => new(name) { Integers = integers },
            _ => throw new DecantException($"the attribute '{name}' is of kind {kind}, which is not read here"),
        };
    }

    private static OnnxTensor Constant(ReadOnlyMemory<byte> bytes)
    {
        List<long> shape = [];
        string name = "";
        long type = 0;
        ReadOnlyMemory<byte> values = default;
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            switch (field.Number)
            {
                case 1: shape.AddRange(field.Integers); break;
                case 2: type = field.Integer; break;
                case 8: name = field.Text; break;
                case 9: values = field.Payload; break;
                case 4 or 5 or 7 or 10 or 13 or 14: throw new DecantException($"the constant '{name}' is stored in a form that is not read here");
            }
        DType dtype = ElementTypes.Of(type);
        decimal count = shape.Aggregate(1m, (product, size) => size < 0 ? -1 : Math.Min(product * Math.Min(size, int.MaxValue), long.MaxValue));
        if (count * dtype.ElementSize() != values.Length)
            throw new DecantException($"the constant '{name}' of shape [{string.Join(", ", shape)}] has {values.Length} bytes");
        long[] sizes = [.. shape];
        return new OnnxTensor(name, dtype, sizes, () => Tensor.FromBytes(values.Span, dtype, sizes));
    }

    private static OnnxValueInfo Value(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        DType dtype = DType.Float32;
        List<OnnxAxis> axes = [];
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            if (field.Number == 1) name = field.Text;
            else if (field.Number == 2)
                foreach (ProtoField type in ProtoReader.Fields(field.Payload))
                    if (type.Number == 1) (dtype, axes) = TensorType(type.Payload);
                    else throw new DecantException($"'{name}' is no tensor");
        return new OnnxValueInfo(name, dtype, axes);
    }

    private static (DType DType, List<OnnxAxis> Axes) TensorType(ReadOnlyMemory<byte> bytes)
    {
        DType dtype = DType.Float32;
        List<OnnxAxis> axes = [];
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            if (field.Number == 1) dtype = ElementTypes.Of(field.Integer);
            else if (field.Number == 2)
                axes.AddRange(ProtoReader.Fields(field.Payload).Where(f => f.Number == 1).Select(f => Axis(f.Payload)));
        return (dtype, axes);
    }

    private static OnnxAxis Axis(ReadOnlyMemory<byte> bytes)
    {
        foreach (ProtoField field in ProtoReader.Fields(bytes))
            if (field.Number == 1) return field.Integer;
            else if (field.Number == 2) return field.Text;
        return new OnnxAxis(null, null);
    }
}
