using Fukami.Cli;

return ProcessMain.Run(args);
