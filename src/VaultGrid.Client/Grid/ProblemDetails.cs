namespace VaultGrid.Client;

/// <summary>A refusal as it travels over HTTP (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Type"><c>urn:vaultgrid:problem:</c> and the code.</param>
/// <param name="Title">The HTTP status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was wrong, where, and what to do.</param>
/// <param name="Code">The stable code, such as <c>approval.quorum</c>: the one member to decide by.</param>
public sealed record ProblemDetails(string Type, string Title, int Status, string Detail, string Code)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What <see cref="Type"/> starts with.</summary>
    public const string TypePrefix = "urn:vaultgrid:problem:";
}
