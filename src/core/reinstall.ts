/** The hint after a fault of the installation itself. Names no package: the registry has none yet. */
export const REINSTALL = 'install genscope again, as its README says under "Install"';
