using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Sweeps;

namespace Decant.Tests.Recipes;

/// <summary>The tables of docs/recipes.md, from the doc comments of the options.</summary>
internal static partial class RecipeReference
{
    private static readonly Dictionary<string, XElement> Comments = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Decant.Distillation.xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    /// <summary>Every section of a recipe: its place in the file, and the record behind it.</summary>
    public static IReadOnlyList<(string Place, Type Type)> Sections { get; } =
    [
        ("", typeof(Recipe)), ("task", typeof(TaskOptions)), ("task.synthetic", typeof(SyntheticOptions)), ("task.limit", typeof(LimitOptions)),
        ("teacher", typeof(TeacherOptions)), ("student", typeof(StudentOptions)), ("student.config", typeof(StudentConfig)), ("student.fastBert", typeof(FastBertOptions)),
        ("stages.N", typeof(StageOptions)), ("stages.N.optimizer", typeof(OptimizerOptions)), ("stages.N.evaluate", typeof(EvaluateOptions)),
        ("stages.N.earlyStop", typeof(EarlyStopOptions)),
        .. KnownObjectives.Catalog.Names.Select(name => ($"stages.N.objectives.{name}", KnownObjectives.Catalog.Find(name)!.OptionsType)),
    ];

    public static string RecipeTables() => string.Concat(Sections.Select(s => Table(s.Place.Length == 0 ? "The recipe itself" : $"`{s.Place}`", s.Type)));

    public static string SweepTables() => Table("The sweep itself", typeof(SweepOptions)) + Table("`bestOf`", typeof(BestOfOptions));

    /// <summary>The comment of a key as Markdown.</summary>
    public static string Comment(Type type, OptionsKey key)
    {
        StringBuilder text = new();
        foreach (XNode node in Comments[$"P:{type.FullName}.{key.Property.Name}"].Element("summary")!.Nodes())
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{EnumNames.Camel(see.Attribute("cref")!.Value.Split('.')[^1])}`",
                _ => node.ToString(),
            });
        return Space().Replace(text.ToString(), " ").Trim().Replace("&lt;", "<").Replace("&gt;", ">").Replace("|", "\\|");
    }

    private static string Table(string title, Type type) =>
        $"### {title}\n\n| key | meaning |\n|---|---|\n"
        + string.Concat(OptionsShape.Of(type).Keys.Select(key => $"| `{key.Name}` | {Comment(type, key)} |\n")) + "\n";
}
