namespace VaultGrid.Cli.Running;

/// <summary>How a command ends. Frozen: scripts decide by it.</summary>
internal enum ExitCode
{
    /// <summary>It was done.</summary>
    Done = 0,

    /// <summary>It was refused: by a check here or by the grid.</summary>
    Refused = 1,

    /// <summary>The command line, a file name or a setting is wrong.</summary>
    Usage = 2,

    /// <summary>The grid can't be reached.</summary>
    Unreachable = 3,
}
