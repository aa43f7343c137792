using System.Text.Encodings.Web;
using System.Text.Json;

namespace Decant.Text.Tokenization.JsonLines;

/// <summary>The pieces of a vocabulary as JSON strings, escaped once.</summary>
internal sealed class EncodedPieces(Vocabulary vocabulary)
{
    private readonly JsonEncodedText[] _texts =
        [.. vocabulary.Pieces.Select(piece => JsonEncodedText.Encode(piece, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];

    public JsonEncodedText this[int id] => _texts[id];
}
