using System.Text.Encodings.Web;
using System.Text.Json;

namespace Decant.Cli.Terminal;

/// <summary>Results as JSON.</summary>
internal static class JsonOutput
{
    // The output is no HTML: letters beyond ASCII stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Session session, Action<Utf8JsonWriter> write)
    {
        session.Output.Flush();
        using (var writer = new Utf8JsonWriter(session.OutputStream, Options)) write(writer);
        session.Output.Write('\n');
    }
}
