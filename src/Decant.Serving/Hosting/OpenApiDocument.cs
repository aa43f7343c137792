using Decant.Serving.Contract;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Serving.Hosting;

/// <summary>What the framework cannot see in the contract's types.</summary>
internal static class OpenApiDocument
{
    public const string Name = "v1";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Decant", Version = Name, Description = "Text classification with small, fast BERT models." };
            document.Servers?.Clear();  // it is whatever answers
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(PredictRequest)) AllowPlainTexts(schema);
            return Task.CompletedTask;
        });
    }

    /// <summary>A text alone may be written as a string.</summary>
    private static void AllowPlainTexts(OpenApiSchema request)
    {
        if (request.Properties?["inputs"] is not OpenApiSchema { Items: { } input } inputs) return;
        inputs.Items = new OpenApiSchema { AnyOf = [new OpenApiSchema { Type = JsonSchemaType.String }, input] };
    }
}
