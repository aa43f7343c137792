using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>Reads YAML into <see cref="RecipeNode"/>s, keeping line numbers. Only plain data: no anchors, tags or several documents.</summary>
public sealed class RecipeYaml
{
    /// <summary>Deepest nesting that is read; no recipe comes near it.</summary>
    public const int MaxDepth = 32;

    private readonly string _source;
    private readonly bool _hasLines;
    private readonly Func<string, string?> _environment;
    private readonly IParser _parser;
    private RecipeOrigin _last;

    private RecipeYaml(string text, string source, bool hasLines, Func<string, string?>? environment)
    {
        (_source, _hasLines) = (source, hasLines);
        _last = new(source, hasLines ? 1 : 0);
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads one YAML document.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="source">Name of the file for errors.</param>
    /// <param name="environment">Looks up <c>${NAME}</c>. Default: the process's environment.</param>
    /// <param name="hasLines">Whether errors name a line. Default: true.</param>
    /// <exception cref="RecipeException">The text is not YAML, or uses what recipes do not allow.</exception>
    public static RecipeNode Parse(string text, string source, Func<string, string?>? environment = null, bool hasLines = true) =>
        new RecipeYaml(text, source, hasLines, environment).Document();

    private RecipeNode Document()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (_parser.TryConsume<StreamEnd>(out _)) return new RecipeScalar("", false, new(_source, _hasLines ? 1 : 0));
            _parser.Consume<DocumentStart>();
            RecipeNode root = Node(0);
            _parser.Consume<DocumentEnd>();
            if (!_parser.TryConsume<StreamEnd>(out _))
                throw RecipeException.At(At(_parser.Require<ParsingEvent>().Start), "a second document starts here; put each recipe into its own file.");
            return root;
        }
        catch (YamlException e)
        {
            throw RecipeException.At(At(e.Start), $"this is not valid YAML: {Reason(e)}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet 16.3 answers some damaged text, such as an open '[' before a key, with these.
            throw RecipeException.At(_last, "this is not valid YAML: a bracket, brace or quote is left open here or below.");
        }
    }

    private RecipeNode Node(int depth)
    {
        var start = _parser.Require<ParsingEvent>();
        RecipeOrigin origin = _last = At(start.Start);
        if (depth > MaxDepth) throw RecipeException.At(origin, $"nested more than {MaxDepth} levels deep.");
        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false })
            throw RecipeException.At(origin, "anchors (&, *) are not allowed; use 'extends' to share settings.");
        if (start is NodeEvent { Tag.IsEmpty: false } tagged)
            throw RecipeException.At(origin, $"the tag {tagged.Tag} is not allowed; write plain values.");
        switch (start)
        {
            case Scalar scalar:
                _parser.MoveNext();
                bool quoted = scalar.Style is not ScalarStyle.Plain;
                return new RecipeScalar(EnvironmentText.Expand(scalar.Value, _environment, origin), quoted, origin);
            case SequenceStart:
                _parser.MoveNext();
                List<RecipeNode> items = [];
                while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
                return new RecipeList(items, origin);
            default:
                return Map(origin, depth);
        }
    }

    private RecipeMap Map(RecipeOrigin origin, int depth)
    {
        _parser.Consume<MappingStart>();
        List<RecipeEntry> entries = [];
        Dictionary<string, RecipeOrigin> seen = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not RecipeScalar { IsNull: false } key)
                throw RecipeException.At(At(_parser.Require<ParsingEvent>().Start), "a key must be a plain name.");
            if (!seen.TryAdd(key.Text, key.Origin))
                throw RecipeException.At(key.Origin, $"the key '{key.Text}' is there twice; the first is at line {seen[key.Text].Line}.");
            entries.Add(new(key.Text, key.Origin, Node(depth + 1)));
        }
        return new RecipeMap(entries, origin);
    }

    private RecipeOrigin At(Mark mark) => new(_source, _hasLines ? (int)Math.Max(1, mark.Line) : 0);

    private static string Reason(YamlException e) => e.Message.EndsWith('.') ? e.Message : e.Message + ".";
}
