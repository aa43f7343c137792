using System.Net;

namespace Decant.Serving.Hosting;

/// <summary>Where a server listens.</summary>
public static class ListenAddress
{
    /// <summary>Refuses what is not <c>http://HOST:PORT</c>.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The address.</returns>
    /// <exception cref="DecantException">It is something else.</exception>
    public static string Check(string url)
    {
        if (url is null || !Uri.TryCreate(Readable(url), UriKind.Absolute, out Uri? uri) || uri.PathAndQuery != "/")
            throw new DecantException($"'{url}' is not an address to listen at; write it like http://127.0.0.1:8080.");
        return uri.Scheme switch
        {
            "http" => url,
            "https" => throw new DecantException($"{url}: https is not served here. Listen at http on this machine, and put a reverse proxy with your certificate before it."),
            _ => throw new DecantException($"'{url}' is not an address to listen at; write it like http://127.0.0.1:8080."),
        };
    }

    /// <summary>Whether only this machine can reach it.</summary>
    /// <param name="url">An address that was checked.</param>
    public static bool IsLoopback(string url)
    {
        string host = new Uri(Readable(url)).Host;
        return host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    // http://*:8080 and http://+:8080 mean every address of the machine; Uri knows them not.
    private static string Readable(string url) =>
        url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
}
