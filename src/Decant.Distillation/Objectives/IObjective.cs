using Decant.Distillation.Knowledge;
using Decant.Distillation.LayerMaps;
using Decant.Models;
using Decant.Text.Batching;
using Decant.Torch;
using Decant.Torch.Random;

namespace Decant.Distillation.Objectives;

/// <summary>
/// One term of the loss. It declares what it needs of the teacher and of the student, and compares them.
/// Nothing in it knows where the knowledge came from, how batches are made, or what else is being minimised.
/// </summary>
public interface IObjective
{
    /// <summary>What it needs of the teacher.</summary>
    KnowledgeRequest Needs { get; }

    /// <summary>What it needs of the student besides the logits.</summary>
    OutputRequest Observes { get; }

    /// <summary>Whether it looks at the labels of the data: one that does not also learns from texts without.</summary>
    bool NeedsLabels => false;

    /// <summary>Factor in the sum of losses.</summary>
    double Weight { get; }

    /// <summary>Changes a batch before any model reads it, as hiding words does; most do not.</summary>
    /// <param name="batch">The batch, or the part of it that comes next; its ids may be changed in place.</param>
    /// <param name="random">The same numbers whenever this batch is trained on, in a resumed run too.</param>
    void Prepare(TokenBatch batch, RandomStream random) { }

    /// <summary>
    /// The tokens of a student's hidden state that the loss looks at, once the teacher's knowledge is there: a last layer is computed for them alone.
    /// </summary>
    /// <param name="layer">A layer whose hidden state it observes.</param>
    /// <param name="knowledge">What the teacher knows of the batch.</param>
    /// <returns>[sequences × width], rising within a sequence; null for all.</returns>
    int[]? ObservedTokens(int layer, TeacherKnowledge knowledge) => null;

    /// <summary>The loss, before its weight: a scalar.</summary>
    /// <param name="inputs">Student outputs, teacher knowledge and labels of a batch.</param>
    Tensor Loss(ObjectiveInputs inputs);

    /// <summary>Parameters of its own that are trained with the student, such as a projection; most have none.</summary>
    IEnumerable<(string Name, Tensor Tensor)> Parameters => [];

    /// <summary>Which teacher layer teaches which student layer, for <c>decant plan</c>; null where layers are not compared.</summary>
    LayerMap? Map => null;

    /// <summary>What else is worth knowing before anything runs, for <c>decant plan</c>; null for nothing.</summary>
    /// <param name="maxLength">Longest text of the task in tokens.</param>
    string? Note(int maxLength) => null;
}
