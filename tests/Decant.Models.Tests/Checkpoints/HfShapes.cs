using Decant.Models.Bert;

namespace Decant.Models.Tests.Checkpoints;

/// <summary>
/// The tensors that <c>transformers</c> expects in a checkpoint of each BERT class, written down apart from our modules.
/// Buffers (<c>position_ids</c>) and the tied decoder are not among them: they may be absent from the file.
/// </summary>
internal static class HfShapes
{
    public static SortedDictionary<string, string> SequenceClassification(BertConfig c, int labels) =>
        Of([.. Encoder(c), .. Pooler(c), ("classifier.weight", [labels, c.HiddenSize]), ("classifier.bias", [labels])]);

    public static SortedDictionary<string, string> MultipleChoice(BertConfig c) => SequenceClassification(c, 1);

    public static SortedDictionary<string, string> MaskedLm(BertConfig c) => Of(
    [
        .. Encoder(c),
        ("cls.predictions.bias", [c.VocabSize]),
        ("cls.predictions.transform.dense.weight", [c.HiddenSize, c.HiddenSize]),
        ("cls.predictions.transform.dense.bias", [c.HiddenSize]),
        ("cls.predictions.transform.LayerNorm.weight", [c.HiddenSize]),
        ("cls.predictions.transform.LayerNorm.bias", [c.HiddenSize]),
    ]);

    private static SortedDictionary<string, string> Of(IEnumerable<(string Name, long[] Shape)> tensors) =>
        new(tensors.ToDictionary(t => t.Name, t => string.Join(",", t.Shape)), StringComparer.Ordinal);

    private static IEnumerable<(string, long[])> Encoder(BertConfig c)
    {
        long h = c.HiddenSize, f = c.IntermediateSize;
        yield return ("bert.embeddings.word_embeddings.weight", [c.VocabSize, h]);
        yield return ("bert.embeddings.position_embeddings.weight", [c.MaxPositions, h]);
        yield return ("bert.embeddings.token_type_embeddings.weight", [c.TypeVocabSize, h]);
        yield return ("bert.embeddings.LayerNorm.weight", [h]);
        yield return ("bert.embeddings.LayerNorm.bias", [h]);
        for (int l = 0; l < c.Layers; l++)
        {
            string layer = $"bert.encoder.layer.{l}.";
            foreach (string part in (string[])["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"])
            {
                yield return ($"{layer}{part}.weight", [h, h]);
                yield return ($"{layer}{part}.bias", [h]);
            }
            yield return (layer + "attention.output.LayerNorm.weight", [h]);
            yield return (layer + "attention.output.LayerNorm.bias", [h]);
            yield return (layer + "intermediate.dense.weight", [f, h]);
            yield return (layer + "intermediate.dense.bias", [f]);
            yield return (layer + "output.dense.weight", [h, f]);
            yield return (layer + "output.dense.bias", [h]);
            yield return (layer + "output.LayerNorm.weight", [h]);
            yield return (layer + "output.LayerNorm.bias", [h]);
        }
    }

    private static IEnumerable<(string, long[])> Pooler(BertConfig c) =>
        [("bert.pooler.dense.weight", [c.HiddenSize, c.HiddenSize]), ("bert.pooler.dense.bias", [c.HiddenSize])];
}
