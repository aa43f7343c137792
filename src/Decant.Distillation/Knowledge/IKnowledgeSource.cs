using Decant.Distillation.Training;
using Decant.Models;
using Decant.Text.Batching;

namespace Decant.Distillation.Knowledge;

/// <summary>Answers knowledge requests batch by batch. An objective cannot tell whether a model ran or a store was read.</summary>
public interface IKnowledgeSource : IDisposable
{
    /// <summary>The shape of the teacher that the knowledge comes from.</summary>
    TeacherShape Teacher { get; }

    /// <summary>Refuses a request that this source cannot answer, before training starts.</summary>
    /// <param name="request">The sum of what all objectives need.</param>
    /// <exception cref="DecantException">A part of it is not there.</exception>
    void Prepare(KnowledgeRequest request);

    /// <summary>Says which batch will be asked for soon, so that a source which reads from a disk can begin. A source that computes does nothing.</summary>
    /// <param name="batch">The batch, to be given to <see cref="Read"/> unchanged.</param>
    /// <param name="request">What will be wanted of it.</param>
    void Expect(TokenBatch batch, KnowledgeRequest request) { }

    /// <summary>What the teacher knows about a batch. The innermost tensor scope owns the answer.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="request">What is wanted of it; a part of what <see cref="Prepare"/> was given.</param>
    TeacherKnowledge Read(TrainingBatch batch, KnowledgeRequest request);

    /// <summary>Whether the answers come from what the student has just said of the batch, so that the student has to be run first.</summary>
    bool FollowsStudent => false;

    /// <summary>The same beside a student that has just read the batch: a student that teaches itself need not be run again.</summary>
    /// <inheritdoc cref="Read"/>
    /// <param name="student">What the student said of the batch.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="request">What is wanted of it.</param>
    TeacherKnowledge ReadBeside(ModelOutput student, TrainingBatch batch, KnowledgeRequest request) => Read(batch, request);
}

/// <summary>The sizes of a teacher, which layer maps and projections depend on.</summary>
/// <param name="Layers">Transformer layers.</param>
/// <param name="HiddenSize">Width of its hidden states.</param>
/// <param name="Outputs">Logits per sequence.</param>
public sealed record TeacherShape(int Layers, int HiddenSize, int Outputs);
