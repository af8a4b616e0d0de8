"""What Rød tråd costs on this machine: ``make bench``. Ratios pass or fail; milliseconds only inform."""
