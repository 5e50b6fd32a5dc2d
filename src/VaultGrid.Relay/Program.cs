using VaultGrid.Relay;

var parsed = RelayCommand.Root().Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? RelayCommand.Usage : code;
