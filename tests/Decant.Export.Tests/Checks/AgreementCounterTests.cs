using Decant.Export.Checks;

namespace Decant.Export.Tests.Checks;

public class AgreementCounterTests
{
    [Fact]
    public void Differences_and_answers_are_counted()
    {
        var counter = new AgreementCounter();
        counter.Add(2, [1f, 2, -8, 3], [1f, 2.5f, -8, 3.25f], 2);
        counter.Add(1, [0.5f, 0], [0f, 0.5f], 2);
        Agreement agreement = counter.Result();
        Assert.Equal(new Agreement(3, 0.5, 1.75 / 6, 8, 2.0 / 3), agreement);
        Assert.Equal(0.0625, agreement.RelativeDifference);
    }

    [Fact]
    public void Small_outputs_are_not_made_smaller()
    {
        var counter = new AgreementCounter();
        counter.Add(1, [0.01f], [0.02f], 0);
        Assert.Equal(0.01, counter.Result().RelativeDifference, 1e-6);
        Assert.Null(counter.Result().SameAnswers);
    }

    [Fact]
    public void One_output_that_is_no_number_spoils_the_whole()
    {
        var counter = new AgreementCounter();
        counter.Add(1, [1f, 2, 3], [1f, float.NaN, 3], 3);
        counter.Add(1, [1f, 2, 3], [1f, 2, 3], 3);
        Assert.True(double.IsNaN(counter.Result().RelativeDifference));
    }

    [Fact]
    public void Another_number_of_outputs_is_told() =>
        Assert.Equal("The exported file gave 1 numbers where the model gives 2.", Assert.Throws<DecantException>(() => new AgreementCounter().Add(1, [1f, 2], [1f], 2)).Message);
}
