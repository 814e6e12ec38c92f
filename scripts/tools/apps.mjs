/** The processes of the product, as nest-cli.json names them. */
export const apps = ['api', 'worker', 'slackbot'];
