using VaultGrid.Enclave;

if (args is ["--help" or "-h" or "help"] or ["run", "--help"])
{
    Console.Out.WriteLine(CommandLine.Help);
    return ExitCodes.Done;
}

if (args is ["--version"])
{
    Console.Out.WriteLine(EnclaveCore.Software);
    return ExitCodes.Done;
}

if (args is not ["run" or "check-sandbox", .. var rest])
{
    Notices.Say("error: expected a command");
    Notices.Say("hint: vaultgrid-enclave --help");
    return ExitCodes.Usage;
}

if (!CommandLine.Parse(rest).Is(out var options, out var usage))
{
    Notices.Say($"error: {usage.Detail}");
    Notices.Say("hint: vaultgrid-enclave --help");
    return ExitCodes.Usage;
}

// First of all, before a secret is read.
if (!Hardening.WithoutDiagnostics(options).Then(_ => Hardening.Apply()).Then(_ => Hardening.CloseDoors(options)).Is(out _, out var exposed))
{
    Notices.Say($"error: {exposed}");
    return ExitCodes.Refused;
}

try
{
    if (args[0] == "check-sandbox") return SandboxCheck.Run(options, Console.Out) ? ExitCodes.Done : ExitCodes.Refused;
    return await EnclaveHost.RunAsync(options);
}
catch (Exception fault) when (fault is not OutOfMemoryException)
{
    Notices.Failed("the enclave ended", fault);
    return ExitCodes.Fault;
}
