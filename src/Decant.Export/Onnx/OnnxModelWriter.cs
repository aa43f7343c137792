using Decant.Export.Protobuf;
using Decant.Torch;

namespace Decant.Export.Onnx;

/// <summary>Writes models as <c>.onnx</c> files. The field numbers are those of ONNX's <c>onnx.proto</c>.</summary>
public static class OnnxModelWriter
{
    /// <summary>Writes a model, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="DecantException">The file cannot be written, or the model has 2 GiB or more.</exception>
    public static void Write(string path, OnnxModel model)
    {
        ProtoMessage message = Model(model);
        if (message.Length > int.MaxValue)
            throw new DecantException($"The model would take {message.Length} bytes; an .onnx file can hold 2 GiB. Export it with --dtype float16 or int8.");
        AtomicFile.Write(path, message.WriteTo);
    }

    private static ProtoMessage Model(OnnxModel model)
    {
        ProtoMessage message = new ProtoMessage()
            .Add(1, OnnxModel.IrVersion)
            .Add(2, model.Producer)
            .Add(3, model.ProducerVersion)
            .Add(5, 1L)
            .Add(7, Graph(model))
            .Add(8, new ProtoMessage().Add(1, "").Add(2, model.Opset));
        foreach ((string key, string value) in model.Metadata) message.Add(14, new ProtoMessage().Add(1, key).Add(2, value));
        return message;
    }

    private static ProtoMessage Graph(OnnxModel model)
    {
        var message = new ProtoMessage();
        foreach (OnnxNode node in model.Nodes) message.Add(1, Node(node));
        message.Add(2, model.Name);
        foreach (OnnxTensor tensor in model.Tensors) message.Add(5, Constant(tensor));
        foreach (OnnxValueInfo input in model.Inputs) message.Add(11, Value(input));
        foreach (OnnxValueInfo output in model.Outputs) message.Add(12, Value(output));
        foreach (OnnxValueInfo value in model.Values) message.Add(13, Value(value));
        return message;
    }

    private static ProtoMessage Node(OnnxNode node)
    {
        var message = new ProtoMessage();
        foreach (string input in node.Inputs) message.Add(1, input);
        foreach (string output in node.Outputs) message.Add(2, output);
        message.Add(3, node.Name).Add(4, node.Operator);
        foreach (OnnxAttribute attribute in node.Attributes) message.Add(5, Attribute(attribute));
        return message;
    }

    private static ProtoMessage Attribute(OnnxAttribute attribute)
    {
        ProtoMessage message = new ProtoMessage().Add(1, attribute.Name);
        switch (attribute)
        {
            case { Number: { } number }: return message.Add(2, number).Add(20, 1L);
            case { Integer: { } integer }: return message.Add(3, integer).Add(20, 2L);
            case { Text: { } text }: return message.Add(4, text).Add(20, 3L);
            case { Integers: { } integers }:
                foreach (long integer in integers) message.Add(8, integer);
                return message.Add(20, 7L);
            default: throw new ArgumentException($"The attribute {attribute.Name} has no value.");
        }
    }

    private static ProtoMessage Constant(OnnxTensor tensor)
    {
        var message = new ProtoMessage();
        foreach (long size in tensor.Shape) message.Add(1, size);
        return message
            .Add(2, ElementTypes.Number(tensor.DType))
            .Add(8, tensor.Name)
            .Add(9, tensor.ByteCount, stream => WriteValues(tensor, stream));
    }

    private static void WriteValues(OnnxTensor tensor, Stream stream)
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        Tensor values = tensor.Make().Detach().To(Device.Cpu).Contiguous();
        if (values.DType != tensor.DType || !values.Shape.SequenceEqual(tensor.Shape))
            throw new InvalidOperationException($"'{tensor.Name}' was announced as {tensor.DType}[{string.Join(", ", tensor.Shape)}] and is {values}.");
        stream.Write(values.Bytes);
    }

    private static ProtoMessage Value(OnnxValueInfo value)
    {
        var shape = new ProtoMessage();
        foreach (OnnxAxis axis in value.Axes)
            shape.Add(1, axis.Name is { } name ? new ProtoMessage().Add(2, name) : new ProtoMessage().Add(1, axis.Size!.Value));
        ProtoMessage type = new ProtoMessage().Add(1, ElementTypes.Number(value.DType)).Add(2, shape);
        return new ProtoMessage().Add(1, value.Name).Add(2, new ProtoMessage().Add(1, type));
    }
}
