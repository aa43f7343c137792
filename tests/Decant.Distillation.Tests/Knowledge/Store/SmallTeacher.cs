using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Store;
using Decant.Distillation.Knowledge.Store.Building;
using Decant.Models.Bert;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Data.Synthetic;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Tests.Knowledge.Store;

/// <summary>A real teacher of 4 layers × 24 with random weights, and reviews for it to read.</summary>
internal sealed class SmallTeacher : IDisposable
{
    public const int Layers = 4, Hidden = 24;

    private static readonly WordPieceTokenizer tokenizer = new(new Vocabulary(SyntheticReviews.Vocabulary));

    public SmallTeacher(int examples = 120, int seed = 1)
    {
        Data = EncodedDataSet.Encode(SyntheticReviews.Generate(seed, examples), tokenizer, 48);
        Online = new OnlineTeacher(NewModel(Layers, Hidden, seed: 7), 2, separatorId: tokenizer.Vocabulary.SeparatorId);
    }

    public EncodedDataSet Data { get; }

    public OnlineTeacher Online { get; }

    public static string Tokenizer => tokenizer.Fingerprint;

    /// <summary>Everything that stores keep.</summary>
    public static KnowledgeRequest Everything { get; } = new()
    {
        Logits = true,
        Pooled = true,
        HiddenStates =
        [
            new(0, TokenSelection.Cls), new(1, TokenSelection.All), new(1, TokenSelection.All, NeuronSelection.Uniform(0.25)),
            new(2, TokenSelection.LeftFirst(9), NeuronSelection.Random(0.5)), new(2, TokenSelection.RightFirst(40)),
            new(3, TokenSelection.Attention(7), NeuronSelection.Magnitude(0.1)),
            new(4, TokenSelection.Attention(30, withoutSeparators: true, AttentionRank.Probabilities), NeuronSelection.Magnitude(0.2, MagnitudeScope.Token)),
        ],
    };

    public static KnowledgeRequest Few { get; } = new() { Logits = true, HiddenStates = [new(2, TokenSelection.Cls)] };

    public static BertClassifier NewModel(int layers, int hidden, int seed) => new(new BertConfig
    {
        VocabSize = tokenizer.Vocabulary.Count, HiddenSize = hidden, Layers = layers, Heads = 2, IntermediateSize = 2 * hidden, MaxPositions = 64,
    }, 2, new Initializer(new RandomStream((ulong)seed, "weights"), 0.3));

    public StoreSource Source(KnowledgeRequest? request = null) => new()
    {
        Teacher = new StoreTeacher
        {
            Fingerprint = new string('a', 64), Layers = Layers, HiddenSize = Hidden, Outputs = 2, Parameters = Online.ParameterCount, Source = "a test",
        },
        Tokenizer = Tokenizer, Data = Data, Request = request ?? Few,
    };

    public StoreManifest Build(string path, KnowledgeRequest? request = null, StoreBuildOptions? options = null) =>
        new StoreBuilder(path, Source(request), options).Build(Online);

    public void Dispose() => Online.Dispose();
}
