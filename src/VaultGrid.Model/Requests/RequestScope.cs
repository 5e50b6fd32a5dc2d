namespace VaultGrid.Model;

/// <summary>How many clusters an action may be for.</summary>
internal enum RequestScope
{
    /// <summary>One: member <c>cluster</c>.</summary>
    One,

    /// <summary>One, or several together: member <c>cluster</c> or <c>clusters</c>.</summary>
    OneOrSeveral,

    /// <summary>Several together: member <c>clusters</c>.</summary>
    Several,
}
