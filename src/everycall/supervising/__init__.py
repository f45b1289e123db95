"""What supervisors watch: open calls, what waits for them, how decisions are made, people who ring again and again."""
