using Microsoft.AspNetCore.Http;

namespace Decant.Serving.Access;

/// <summary>The key that a request carries.</summary>
internal static class ApiKey
{
    private const string Scheme = "Bearer ";

    /// <summary>From <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>; null without either.</summary>
    public static string? SentBy(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true) return authorization[Scheme.Length..].Trim();
        return request.Headers.TryGetValue("X-Api-Key", out var key) ? key.ToString() : null;
    }
}
