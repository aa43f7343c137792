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

    public static RequestException Unknown(ModelCatalog catalog, string name) => new(StatusCodes.Status404NotFound, catalog.Unknown(name));
}
