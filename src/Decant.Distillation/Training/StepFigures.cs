using Decant.Text.Batching;
using Decant.Torch;

namespace Decant.Distillation.Training;

/// <summary>The losses of one update, put together from its parts.</summary>
internal sealed class StepFigures
{
    private readonly List<KeyValuePair<string, double>> terms = [];

    public double Loss { get; private set; }
    public int Examples { get; private set; }
    public long Tokens { get; private set; }
    public IReadOnlyList<KeyValuePair<string, double>> Terms => terms;

    public void Add(double share, Tensor total, IReadOnlyList<KeyValuePair<string, Tensor>> partTerms, TokenBatch part)
    {
        Loss += share * total.ToScalar();
        Examples += part.Examples;
        foreach (int sequence in part.Lengths) Tokens += sequence;
        bool first = terms.Count == 0;
        for (int i = 0; i < partTerms.Count; i++)
        {
            double value = share * partTerms[i].Value.ToScalar();
            if (first) terms.Add(KeyValuePair.Create(partTerms[i].Key, value));
            else terms[i] = KeyValuePair.Create(partTerms[i].Key, terms[i].Value + value);
        }
    }
}
