/**
 * Values of the dimensions that are enumerations, as declared by the record models of the official Python SDK of
 * 14 May 2026. Later releases may have more values.
 */
export const DIMENSION_VALUES: Readonly<Record<string, string>> = {
  conversationInitiator: `
    acd agent api botflow campaign customer dialer external fax group inbound ivr manual outbound station
    user voicemail voicesurveyflow workflow
  `,
  deliveryStatus: `
    DeliveryFailed DeliveryPushed DeliverySuccess Failed Published Queued Read Received Sent
  `,
  direction: `
    inbound outbound
  `,
  disconnectType: `
    client conferenceTransfer consultTransfer dndEndpoint dndTransfer endpoint error forwardTransfer
    inactivity noAnswerTransfer notAvailableTransfer other peer sessionExpired spam system takeover
    timeout transfer transportFailure uncallable
  `,
  engagementSource: `
    AppleMessagesForBusiness Discord Email Facebook FacebookMessenger Glassdoor GoogleBusinessProfile
    Instagram KakaoTalk Line LinkedIn MicrosoftTeams MobileChat OpenMessaging Other QQ Reddit SFDC SMS
    ServiceNow Snapchat Telegram Threads Trustpilot Unspecified Viber WeChat WebChat Weibo WhatsApp X
    Yelp YouTube Zendesk
  `,
  entryType: `
    agent direct dnis flow outbound
  `,
  evaluationStatus: `
    Finished InProgress InReview Pending Retracted
  `,
  flaggedReason: `
    general
  `,
  flowType: `
    BOT COMMONMODULE DIGITALBOT EMAILSEND INBOUNDCALL INBOUNDCHAT INBOUNDEMAIL INBOUNDSHORTMESSAGE
    INQUEUECALL INQUEUEEMAIL INQUEUESHORTMESSAGE OUTBOUNDCALL SECURECALL SPEECH SURVEYINVITE VOICE
    VOICEMAIL VOICESURVEY WORKFLOW WORKITEM
  `,
  mediaType: `
    callback chat cobrowse email internalmessage message screenmonitoring screenshare unknown video voice
  `,
  originatingDirection: `
    inbound outbound
  `,
  purpose: `
    acd agent api botflow campaign customer dialer external fax group inbound ivr manual outbound station
    user voicemail voicesurveyflow workflow
  `,
  routingRuleType: `
    Bullseye Conditional Predictive Preferred
  `,
  routingStatus: `
    COMMUNICATING IDLE INTERACTING NOT_RESPONDING OFF_QUEUE
  `,
  segmentType: `
    alert barging callback coaching contacting converting delay dialing hold interact ivr monitoring
    parked scheduled screenmonitoring sharing system transmitting unknown uploading voicemail wrapup
  `,
  surveyType: `
    Voice Web
  `,
  systemPresence: `
    AVAILABLE AWAY BREAK BUSY IDLE MEAL MEETING OFFLINE ON_QUEUE TRAINING
  `,
  usedRouting: `
    Bullseye Conditional Direct Last Manual Predictive Preferred Standard Vip
  `,
};

/** Dimensions whose field in the record is a boolean. */
export const BOOLEAN_DIMENSIONS = `
  agentOwned assigneeApplicable authenticated cleared conference customerParticipation deleted
  deliveryPushed originatingSocialMediaPublic recording released rescored screenRecording selfServed
  snippetRecording surveyPartialResponse systemSubmitted
`;
