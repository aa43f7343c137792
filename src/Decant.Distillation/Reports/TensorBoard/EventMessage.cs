using Google.Protobuf;

namespace Decant.Distillation.Reports.TensorBoard;

/// <summary>
/// The few messages of TensorBoard's <c>event.proto</c>, <c>summary.proto</c> and <c>tensor.proto</c> that scalars and texts
/// need, encoded directly: the numbers below are field numbers of those files.
/// </summary>
internal static class EventMessage
{
    private const int SessionStart = 1, DataTypeString = 7;

    /// <summary>The first event of every file.</summary>
    public static byte[] FileVersion(double wallTime) =>
        Event(wallTime, 0, output => WriteString(output, 3, "brain.Event:2"));

    /// <summary>Tells TensorBoard to forget what earlier files say about this step and later ones.</summary>
    public static byte[] RestartAt(double wallTime, long step) =>
        Event(wallTime, step, output => WriteMessage(output, 7, session =>
        {
            session.WriteTag(1, WireFormat.WireType.Varint);
            session.WriteInt32(SessionStart);
        }));

    /// <summary>One number of a curve.</summary>
    public static byte[] Scalar(double wallTime, long step, string tag, float value) =>
        SummaryEvent(wallTime, step, tag, summary =>
        {
            summary.WriteTag(2, WireFormat.WireType.Fixed32);
            summary.WriteFloat(value);
        });

    /// <summary>A Markdown text, for the tab "Text".</summary>
    public static byte[] Text(double wallTime, long step, string tag, string text) =>
        SummaryEvent(wallTime, step, tag, summary =>
        {
            WriteMessage(summary, 8, tensor =>
            {
                tensor.WriteTag(1, WireFormat.WireType.Varint);
                tensor.WriteInt32(DataTypeString);
                WriteMessage(tensor, 2, shape => WriteMessage(shape, 2, dimension =>
                {
                    dimension.WriteTag(1, WireFormat.WireType.Varint);
                    dimension.WriteInt64(1);
                }));
                WriteString(tensor, 8, text);
            });
            WriteMessage(summary, 9, metadata => WriteMessage(metadata, 1, plugin => WriteString(plugin, 1, "text")));
        });

    private static byte[] SummaryEvent(double wallTime, long step, string tag, Action<CodedOutputStream> value) =>
        Event(wallTime, step, output => WriteMessage(output, 5, summary => WriteMessage(summary, 1, inner =>
        {
            WriteString(inner, 1, tag);
            value(inner);
        })));

    private static byte[] Event(double wallTime, long step, Action<CodedOutputStream> what) => Bytes(output =>
    {
        output.WriteTag(1, WireFormat.WireType.Fixed64);
        output.WriteDouble(wallTime);
        output.WriteTag(2, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        what(output);
    });

    private static void WriteString(CodedOutputStream output, int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Bytes(write)));
    }

    private static byte[] Bytes(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer, leaveOpen: true)) write(output);
        return buffer.ToArray();
    }
}
