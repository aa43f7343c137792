using Decant.Distillation.Knowledge;
using Decant.Distillation.Objectives;
using Decant.Distillation.Objectives.MaskedLanguageModel;
using Decant.Distillation.Tests.Augmentation;
using Decant.Distillation.Training;
using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Tests.Objectives.MaskedLanguageModel;

public sealed class MaskedLanguageModelObjectiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();
    private readonly BertMaskedLm model;
    private readonly ModelDirectory directory;

    public MaskedLanguageModelObjectiveTests()
    {
        directory = ModelDirectory.Open(TinyLanguageModel.Save(folder.File("lm")));
        model = BertLoader.LoadMaskedLm(directory);
    }

    public void Dispose()
    {
        model.Dispose();
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void It_is_the_language_models_cross_entropy_at_the_hidden_words()
    {
        using MaskedLanguageModelObjective objective = Objective(directory);
        TokenBatch batch = Batch();
        int[] before = [.. batch.InputIds];
        objective.Prepare(batch, new RandomStream(1, "mask"));
        float loss = (float)Loss(objective, batch).ToScalar();

        (int[] places, _) = new TokenMasker(TinyLanguageModel.Tokenizer.Vocabulary, 0.4).Mask(Batch(), new RandomStream(1, "mask"));
        float[] scores = model.Forward(TrainingBatch.Create(batch).Input, OutputRequest.LogitsOnly).Logits.LogSoftmax().ToArray<float>();
        int words = TinyLanguageModel.Tokenizer.Vocabulary.Count;
        Assert.InRange(places.Length, 2, 12);
        Assert.Equal(-places.Average(place => scores[place * words + before[place]]), loss, 1e-4f);
    }

    [Fact]
    public void Head_and_encoder_are_trained()
    {
        using MaskedLanguageModelObjective objective = Objective(directory);
        TokenBatch batch = Batch();
        objective.Prepare(batch, new RandomStream(1, "mask"));
        Loss(objective, batch).Backward();
        Assert.Equal(["bias", "transform.dense.weight", "transform.dense.bias", "transform.LayerNorm.weight", "transform.LayerNorm.bias"], objective.Parameters.Select(p => p.Name));
        foreach ((string name, Tensor tensor) in objective.Parameters.Concat(model.Encoder.NamedParameters()))
            Assert.True(tensor.Grad!.Square().Sum().ToScalar() > 0, name);
    }

    [Fact]
    public void A_student_from_scratch_has_a_new_head()
    {
        using MaskedLanguageModelObjective trained = Objective(directory), fresh = Objective(null);
        float[] Values(MaskedLanguageModelObjective objective) => objective.Parameters.First(p => p.Name == "transform.dense.weight").Tensor.ToArray<float>();
        float Spread(float[] values) => MathF.Sqrt(values.Sum(v => v * v) / values.Length);
        Assert.InRange(Spread(Values(fresh)), 0.015f, 0.025f);
        Assert.InRange(Spread(Values(trained)), 0.4f, 0.6f);
    }

    [Fact]
    public void It_wants_neither_a_teacher_nor_labels()
    {
        using MaskedLanguageModelObjective objective = new(new(), ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), teacher: null));
        Assert.True(objective.Needs.IsEmpty);
        Assert.False(((IObjective)objective).NeedsLabels);
        Assert.Equal([3], objective.Observes.HiddenStates);
    }

    private MaskedLanguageModelObjective Objective(ModelDirectory? source) => new(new() { Probability = 0.4 },
        ObjectiveCase.Setup(ObjectiveCase.Task(TaskKind.SingleLabel), teacher: null, studentLayers: 2, studentHidden: 16) with
        {
            Encoder = model.Encoder, Vocabulary = TinyLanguageModel.Tokenizer.Vocabulary, Source = source,
        });

    private Tensor Loss(MaskedLanguageModelObjective objective, TokenBatch batch)
    {
        TrainingBatch tensors = TrainingBatch.Create(batch);
        return objective.Loss(new ObjectiveInputs(tensors, model.Forward(tensors.Input, objective.Observes),
            new TeacherKnowledge(null, new Dictionary<HiddenStateRequest, SelectedHiddenState>()), TaskKind.SingleLabel));
    }

    // Two texts of different lengths.
    private static TokenBatch Batch()
    {
        int[][] texts = [.. new[] { "good film , fine plot .", "a dull movie" }.Select(text => TinyLanguageModel.Tokenizer.Encode(text).Ids.ToArray())];
        int length = texts.Max(t => t.Length);
        return new TokenBatch
        {
            Examples = 2, Choices = 1, Length = length,
            InputIds = [.. texts.SelectMany(t => t.Concat(new int[length - t.Length]))], TokenTypeIds = new int[2 * length], Lengths = [.. texts.Select(t => t.Length)],
            ExampleIndices = [0, 1], ExampleIds = ["0", "1"],
        };
    }
}
