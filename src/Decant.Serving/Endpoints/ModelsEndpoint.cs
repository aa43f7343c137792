using Decant.Serving.Contract;
using Decant.Serving.Models;
using Decant.Serving.Reading;
using Microsoft.AspNetCore.Http;

namespace Decant.Serving.Endpoints;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{name}</c></summary>
internal static class ModelsEndpoint
{
    public static IResult List(ModelCatalog catalog) =>
        TypedResults.Json(new ModelList { Models = [.. catalog.Models.Select(Answers.Describe)] }, ServingJson.Default.ModelList);

    public static IResult One(string name, ModelCatalog catalog) =>
        TypedResults.Json(Answers.Describe(catalog.Find(name) ?? throw Unknown(catalog, name)), ServingJson.Default.ModelBody);

    public static RequestException Unknown(ModelCatalog catalog, string name)
    {
        string[] known = [.. catalog.Models.Select(model => model.Name)];
        string shown = name.Length <= 100 ? name : $"{name.AsSpan(0, 100)}…";
        string hint = name.Length <= 100 && NearestName.Of(name, known) is { } near ? $" Did you mean {near}?" : "";
        return new RequestException(StatusCodes.Status404NotFound, $"There is no model '{shown}'.{hint} Known: {string.Join(", ", known)}.");
    }
}
