using System.IO.Compression;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Text.Tokenization.Pieces;

namespace Decant.Text.Tests.Tokenization;

public class LocateTests
{
    private readonly WordPieceTokenizer _tokenizer = TinyVocabulary.Tokenizer();

    [Theory]
    [InlineData("The unaffable, zebra", "the=The", "un=un", "##aff=aff", "##able=able", ",=,", "[UNK]=zebra")]
    [InlineData("caf\u00e9 cafe\u0301. a", "cafe=caf\u00e9", "cafe=cafe\u0301", ".=.", "a=a")]
    [InlineData("a\u200Bb[MASK]\u4E2Db", "a=a", "##b=b", "[MASK]=[MASK]", "\u4E2D=\u4E2D", "b=b")]
    [InlineData("\u0130S", "i=\u0130", "##s=S")]
    [InlineData("")]
    public void Each_piece_knows_its_part_of_the_text(string text, params string[] expected) =>
        Assert.Equal(expected, _tokenizer.Locate(text).Select(piece => $"{_tokenizer.Vocabulary[piece.Id]}={text[piece.Start..piece.End]}"));

    [SkippableFact]
    public void The_pieces_are_those_of_encoding_and_cover_all_but_what_is_dropped_in_real_text()
    {
        CharacterMap map = CharacterMap.For(new());
        WordPieceTokenizer tokenizer = BertVocabulary.Tokenizer();
        string path = TestPaths.Require(TestPaths.Data, "text/reviews.txt.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        for (int i = 0; i < 200; i++)
        {
            string text = reader.ReadLine()!;
            IReadOnlyList<LocatedPiece> located = tokenizer.Locate(text);
            Assert.Equal(tokenizer.Encode(text, null, new EncodeOptions { AddSpecialTokens = false }).Ids, located.Select(piece => piece.Id));
            int end = 0;
            foreach (LocatedPiece piece in located)
            {
                Assert.True(piece.Start < piece.End);
                Assert.All(text[end..piece.Start], between => Assert.Contains(map[between], (char[])[CharacterMap.Removed, CharacterMap.Space]));
                end = piece.End;
            }
        }
    }
}
