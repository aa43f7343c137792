using System.Security.Cryptography;
using System.Text;
using Decant.Serving.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Serving.Access;

/// <summary>Lets only requests with the server's key pass, where it has one.</summary>
internal sealed class ApiKeyFilter(IOptions<ServingOptions> options) : IEndpointFilter
{
    // Hashes are of one length, so that comparing them takes the same time whatever was sent.
    private readonly byte[]? _key = options.Value.ApiKey is { } key ? Hash(key) : null;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        if (_key is null || (ApiKey.SentBy(http.Request) is { } sent && CryptographicOperations.FixedTimeEquals(Hash(sent), _key))) return next(context);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return new(Problem.Of(StatusCodes.Status401Unauthorized, "This server asks for a key: send Authorization: Bearer KEY, or X-Api-Key: KEY."));
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
