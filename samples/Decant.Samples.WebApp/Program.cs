// A web application with a classifier inside: an endpoint of its own that uses the model, and Decant's API and page beside it.
//
//     dotnet run --project samples/Decant.Samples.WebApp -- --model runs/student/seed-1/model
//     curl http://localhost:5000/comments -H 'Content-Type: application/json' -d '{"text": "A fine film."}'

using Decant.Inference;
using Decant.Serving.Hosting;
using Decant.Serving.Models;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string model = builder.Configuration["model"] ?? throw new InvalidOperationException("Say which model: --model FOLDER");
builder.Services.AddDecant(options => options.MaxBatch = 16).AddModel("comments", model);

WebApplication app = builder.Build();
app.UseRateLimiter();
app.MapGroup("/decant").MapDecant();

// Comments that arrive together are computed together; the model is loaded before the first one can come.
app.MapPost("/comments", async (Comment comment, ModelCatalog models, CancellationToken cancel) =>
{
    Prediction prediction = await models.Get("comments").PredictAsync(comment.Text, cancel: cancel);
    return new Judgement(prediction.Label!, prediction.Score!.Value, NeedsAPerson: prediction.Score < 0.8f);
});

app.Run();

internal sealed record Comment(string Text);

internal sealed record Judgement(string Label, float Score, bool NeedsAPerson);

