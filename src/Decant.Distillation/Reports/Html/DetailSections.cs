using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.Html;

/// <summary>What is needed to repeat the runs: command, recipes, environment.</summary>
internal static class DetailSections
{
    public static void Write(MarkupWriter page, ReportModel model)
    {
        var recipes = model.Runs.Where(run => run.Recipe is not null).GroupBy(run => run.Recipe!, run => run.System)
            .Select(group => (Recipe: group.Key, Systems: string.Join(", ", group.Distinct()))).ToList();
        if (model.Command is not null || recipes.Count > 0)
            using (Section.Open(page, "Recipe", "The effective recipe, with every default written out, repeats the run."))
            {
                if (model.Command is not null) page.Element("pre", model.Command, ("class", "command"));
                foreach (var (recipe, systems) in recipes)
                    using (page.Open("details", ("open", recipes.Count == 1 ? "open" : null)))
                    {
                        page.Element("summary", systems);
                        page.Element("pre", recipe);
                    }
            }
        if (model.Environment is { } environment)
            using (Section.Open(page, "Environment", "Times hold for this machine only; scores may differ in the last digits elsewhere."))
            using (page.Open("dl"))
                foreach (var (label, value) in environment.Describe())
                {
                    page.Element("dt", label);
                    page.Element("dd", value);
                }
    }
}
