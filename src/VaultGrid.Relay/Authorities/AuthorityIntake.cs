namespace VaultGrid.Relay;

/// <summary>Takes CA certificates and lists that arrived, from the grid or from a file. They prove themselves: where they came from doesn't matter.</summary>
internal sealed partial class AuthorityIntake(KnownAuthorities authorities, TimeProvider time, ILogger<AuthorityIntake> logger)
{
    /// <summary>Takes a bundle; one that is refused changes nothing and is logged. A grid that has none yet gives an empty text.</summary>
    public Refusal? Take(AuthorityFile file)
    {
        if (string.IsNullOrWhiteSpace(file.Pem)) return null;

        var before = authorities.Current;
        var taken = AuthorityBundle.ParsePem(file.Pem).Then(bundle => authorities.Take(bundle, time.GetUtcNow()));
        if (taken.Refusal is { Code: not RefusalCode.RevocationsStale } refusal)
        {
            Refused(logger, refusal.Code.Name(), refusal.Detail);
            return refusal;
        }

        if (!ReferenceEquals(before, authorities.Current)) Took(logger, authorities.Current.Authorities.Length);
        return null;
    }

    [LoggerMessage(EventId = 5201, Level = LogLevel.Information, Message = "Took newer authorities: {Count} CAs are known")]
    private static partial void Took(ILogger logger, int count);

    [LoggerMessage(EventId = 5202, Level = LogLevel.Warning, Message = "A bundle of authorities was refused, {Code}: {Detail}")]
    private static partial void Refused(ILogger logger, string code, string detail);
}
