using System.Globalization;
using System.Text.RegularExpressions;

namespace Decant.Distillation.Knowledge.Selection;

/// <summary>Reads and writes selections as text, for recipes and for the manifests of stores.</summary>
internal static partial class SelectionText
{
    private const string TokenForms = "all, cls, leftFirst 10, rightFirst 10, attention 10 or attentionNoSep 10 (attention also with 'by scores' or 'by probabilities' and 'of layer 12')";

    private const string NeuronForms = "all, random 0.1, uniform 0.1 or magnitude 0.1 (random also with 'seed 7'; magnitude with 'token', 'sample' or 'batch')";

    [GeneratedRegex(@"^(?<kind>leftFirst|rightFirst|attention|attentionNoSep)\s+(?<count>[1-9]\d{0,4})(\s+by\s+(?<by>scores|probabilities))?(\s+of\s+layer\s+(?<layer>[1-9]\d{0,3}))?$")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"^(?<kind>random|uniform|magnitude)\s+(?<share>\d(\.\d{1,15})?([eE]-\d{1,2})?)(\s+seed\s+(?<seed>\d{1,9})|\s+(?<scope>token|sample|batch))?$")]
    private static partial Regex Neurons();

    [GeneratedRegex(@"^layer (?<layer>\d{1,4}), tokens (?<tokens>[^,]+), neurons (?<neurons>[^,]+?)(?<padding>, with padding)?$")]
    private static partial Regex Request();

    public static TokenSelection ParseTokens(string text)
    {
        string trimmed = text.Trim();
        if (trimmed == "all") return TokenSelection.All;
        if (trimmed == "cls") return TokenSelection.Cls;
        if (Tokens().Match(trimmed) is not { Success: true } match) throw Wrong(TokenForms, text);
        string kind = match.Groups["kind"].Value;
        int count = Whole(match.Groups["count"]);
        bool ranked = kind is "attention" or "attentionNoSep";
        if (!ranked && (match.Groups["by"].Success || match.Groups["layer"].Success)) throw Wrong(TokenForms, text);
        return kind switch
        {
            "leftFirst" => TokenSelection.LeftFirst(count),
            "rightFirst" => TokenSelection.RightFirst(count),
            _ => TokenSelection.Attention(count, kind == "attentionNoSep",
                match.Groups["by"].Value == "probabilities" ? AttentionRank.Probabilities : AttentionRank.Scores,
                match.Groups["layer"].Success ? Whole(match.Groups["layer"]) : null),
        };
    }

    public static NeuronSelection ParseNeurons(string text)
    {
        string trimmed = text.Trim();
        if (trimmed == "all") return NeuronSelection.All;
        if (Neurons().Match(trimmed) is not { Success: true } match) throw Wrong(NeuronForms, text);
        double share = double.Parse(match.Groups["share"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        (Group seed, Group scope) = (match.Groups["seed"], match.Groups["scope"]);
        return match.Groups["kind"].Value switch
        {
            "random" when !scope.Success => seed.Success ? NeuronSelection.Random(share, Whole(seed)) : NeuronSelection.Random(share),
            "uniform" when !scope.Success && !seed.Success => NeuronSelection.Uniform(share),
            "magnitude" when !seed.Success => NeuronSelection.Magnitude(share, scope.Value switch
            {
                "token" => MagnitudeScope.Token,
                "batch" => MagnitudeScope.Batch,
                _ => MagnitudeScope.Sample,
            }),
            _ => throw Wrong(NeuronForms, text),
        };
    }

    public static HiddenStateRequest ParseRequest(string text)
    {
        if (Request().Match(text) is not { Success: true } match)
            throw new DecantException($"'{text}' is no request for a hidden state; it must read like 'layer 8, tokens cls, neurons all'.");
        return new HiddenStateRequest(Whole(match.Groups["layer"]), ParseTokens(match.Groups["tokens"].Value),
            ParseNeurons(match.Groups["neurons"].Value), match.Groups["padding"].Success);
    }

    public static string Write(HiddenStateRequest request) =>
        $"layer {request.Layer}, tokens {request.Tokens}, neurons {request.Neurons}{(request.WithPadding ? ", with padding" : "")}";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (100 * share).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static int Whole(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static DecantException Wrong(string forms, string text) => new($"must be {forms}; but is '{text}'.");
}
