using Decant.Inference.Threads;

namespace Decant.Inference.Engines.Packed;

/// <summary>The workers that share the rows of some texts, as one of them sees it.</summary>
/// <param name="Member">Which it is, from 0.</param>
/// <param name="Members">How many there are; 1 for a worker that has its texts for itself.</param>
/// <param name="MeetingPoint">Where they wait for each other.</param>
internal readonly record struct Team(int Member, int Members, MeetingPoint MeetingPoint)
{
    /// <summary>A worker for itself.</summary>
    public static Team Alone { get; } = new(0, 1, new MeetingPoint());

    /// <summary>The rows of this worker.</summary>
    /// <param name="rows">All rows.</param>
    public (int First, int Last) RowsOf(int rows) => (WorkSplit.Row(rows, Member, Members), WorkSplit.Row(rows, Member + 1, Members));

    /// <summary>The texts of this worker.</summary>
    /// <param name="texts">All texts.</param>
    public (int First, int Last) TextsOf(int texts) => (texts * Member / Members, texts * (Member + 1) / Members);

    /// <summary>Returns when all are here.</summary>
    public void Meet() => MeetingPoint.Wait(Members);
}
