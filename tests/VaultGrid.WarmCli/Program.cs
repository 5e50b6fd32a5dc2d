using System.Globalization;
using VaultGrid.WarmCli;

// vaultgrid-warm DIRECTORY: carries out the command lines that come through the pipe DIRECTORY/order, one after another, leaves what each printed in out and err,
// and says through the pipe exit how it ended. It lives as long as its standard input is open.
if (args is not [var directory]) return 2;
new Thread(() =>
{
    _ = Console.OpenStandardInput().ReadByte();
    Directory.Delete(directory, recursive: true);
    Environment.Exit(0);
}) { IsBackground = true }.Start();

while (true)
{
    var order = Order.Read(Path.Combine(directory, "order"));
    var code = ProgramRun.Do(order, Path.Combine(directory, "out"), Path.Combine(directory, "err"));
    File.WriteAllText(Path.Combine(directory, "exit"), code.ToString(CultureInfo.InvariantCulture) + "\n");
}
