namespace VaultGrid.Model;

/// <summary>
/// What entries of the audit log tell. Approved actions stand there under their requests' names (<c>sign</c>, <c>create-key</c>, …); these are the others.
/// A subject that writes entries of its own names them beside its code, as <c>area.verb</c>: the log takes any name of this form.
/// </summary>
public static class AuditActions
{
    /// <summary>The longest name.</summary>
    public const int Longest = 48;

    /// <summary>The enclave got identity and pins: a chain's first entry.</summary>
    public const string Provision = "node.provision";

    /// <summary>A device certificate was installed.</summary>
    public const string Certify = "node.certify";

    /// <summary>CA certificates or lists were taken.</summary>
    public const string Authorities = "node.authorities";

    /// <summary>Records that other nodes had carried out were taken.</summary>
    public const string Learn = "node.learn";

    /// <summary>The enclave was started; its subject says what was found.</summary>
    public const string Start = "node.start";

    /// <summary>The enclave was stopped as asked.</summary>
    public const string Stop = "node.stop";

    /// <summary>Witnesses know of a newer store than the one that the enclave was started with.</summary>
    public const string RolledBack = "node.rolled-back";

    /// <summary>An audit signature.</summary>
    public const string AuditSign = "key.audit-sign";

    /// <summary>A key was sealed to another node.</summary>
    public const string Release = "key.release";

    /// <summary>A key, or its newer policies, came from another node.</summary>
    public const string Accept = "key.accept";

    /// <summary>A wrap key was made for a dealer.</summary>
    public const string WrapKey = "key.wrap";

    /// <summary>A session of several clusters was opened.</summary>
    public const string SessionOpen = "session.open";

    /// <summary>A prepared session was told its request, whose approvals count.</summary>
    public const string SessionRequest = "session.request";

    /// <summary>A session gave its result away.</summary>
    public const string SessionDone = "session.done";

    /// <summary>A session ended without a result.</summary>
    public const string SessionAbort = "session.abort";

    /// <summary>What other nodes sent failed a check, which is counted.</summary>
    public const string Alarm = "session.alarm";

    /// <summary>A checkpoint of the grid's log was found to extend the one before.</summary>
    public const string Checkpoint = "audit.checkpoint";

    /// <summary>True for lower-case letters, digits, hyphens and dots, starting with a letter.</summary>
    public static bool IsName(string? text) => text is { Length: > 0 and <= Longest } && char.IsAsciiLetterLower(text[0])
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
}
