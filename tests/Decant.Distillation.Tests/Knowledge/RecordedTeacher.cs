using Decant.Distillation.Knowledge;
using Decant.Distillation.Training;
using Decant.Torch;

namespace Decant.Tests.Knowledge;

/// <summary>Hands out what a teacher said once, by the place of the examples in their data set.</summary>
/// <param name="outputs">Logits per sequence.</param>
/// <param name="logits">[sequences, outputs]</param>
/// <param name="cls">[CLS] states of layer 1, 2, …, each [sequences, hidden].</param>
internal sealed class RecordedTeacher(int outputs, Tensor logits, IReadOnlyList<Tensor> cls) : IKnowledgeSource
{
    public TeacherShape Teacher { get; } = new(cls.Count, (int)cls[0].Size(1), outputs);

    public KnowledgeRequest Prepared { get; private set; } = KnowledgeRequest.None;

    public void Prepare(KnowledgeRequest request) => Prepared += request;

    public TeacherKnowledge Read(TrainingBatch batch, KnowledgeRequest request)
    {
        int choices = batch.Tokens.Choices;
        long[] rows = [.. batch.Tokens.ExampleIndices.SelectMany(e => Enumerable.Range(0, choices).Select(c => (long)e * choices + c))];
        Tensor index = Tensor.From(rows, rows.Length);
        return new TeacherKnowledge(
            request.Logits ? logits.IndexSelect(0, index) : null,
            request.HiddenStates.ToDictionary(h => h, h => SelectedHiddenState.OfCls(cls[h.Layer - 1].IndexSelect(0, index))));
    }

    public void Dispose() { }
}
