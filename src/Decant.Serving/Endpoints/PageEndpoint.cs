using Microsoft.AspNetCore.Http;

namespace Decant.Serving.Endpoints;

/// <summary><c>GET /</c>: a page to try the models with. It is one file and asks no other host for anything.</summary>
internal static class PageEndpoint
{
    private const string Resource = "Decant.Serving.Page.index.html";

    // What the page itself promises, the browser enforces.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Lazy<byte[]> page = new(Load);

    public static IResult Show(HttpContext context)
    {
        // The page asks for addresses beside its own, wherever it is mapped.
        if (context.Request.Path.Value?.EndsWith('/') == false) return TypedResults.LocalRedirect($"{context.Request.PathBase}{context.Request.Path}/");
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(page.Value, "text/html; charset=utf-8");
    }

    private static byte[] Load()
    {
        using Stream stream = typeof(PageEndpoint).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
