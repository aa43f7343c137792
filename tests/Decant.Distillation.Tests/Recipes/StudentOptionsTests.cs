using Decant.Distillation.Objectives;
using Decant.Distillation.Recipes;
using Decant.Distillation.Recipes.Binding;
using Decant.Distillation.Recipes.Files;

namespace Decant.Tests.Recipes;

public class StudentOptionsTests
{
    [Fact]
    public void The_classifier_is_new_unless_it_is_kept()
    {
        Assert.Equal(ClassifierStart.New, Parse("from: models/a").Student.Classifier);
        Assert.Equal(ClassifierStart.Keep, Parse("from: models/a, classifier: keep").Student.Classifier);
    }

    [Fact]
    public void A_student_from_scratch_has_no_classifier_to_keep() =>
        Assert.Contains("keeps the classifier of 'from', but there is none", Assert.Throws<RecipeException>(() => Parse("config: { layers: 1, hidden: 8, heads: 1 }, classifier: keep")).Message);

    private static Recipe Parse(string student) => new RecipeFile(KnownObjectives.Catalog).Parse($$"""
        task: { name: sst-2, data: glue }
        student: { {{student}} }
        stages: [ { epochs: 1, objectives: { hardLabels: {} } } ]
        """);
}
