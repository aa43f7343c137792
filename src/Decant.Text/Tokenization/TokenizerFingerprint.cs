using System.Security.Cryptography;
using System.Text;

namespace Decant.Text.Tokenization;

/// <summary>Names a tokenizer by all that decides which ids a text becomes.</summary>
internal static class TokenizerFingerprint
{
    // Raise the number when the same vocabulary and switches give other ids than before.
    private const string Rules = "Decant WordPiece 1, Unicode 14.0.0";

    /// <summary>SHA-256 of the rules, the switches and the pieces, each on its own line; 64 lower-case hexadecimal digits.</summary>
    public static string Of(Vocabulary vocabulary, TokenizerOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(text));
            hash.AppendData("\n"u8);
        }
        Add(Rules);
        Add($"lowercase={options.Lowercase} stripAccents={options.StripsAccents} chinese={options.TokenizeChineseChars} maxWordLength={options.MaxWordLength}");
        Add($"wordPieces={vocabulary.WordPieceCount}");
        foreach (string name in options.SpecialTokens.All) Add(name);
        foreach (AddedToken token in vocabulary.AddedTokens) Add(token.Content);
        Add("pieces");
        foreach (string piece in vocabulary.Pieces) Add(piece);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
